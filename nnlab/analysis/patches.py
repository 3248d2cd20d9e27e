"""What a unit of a convolution sees."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def patch_at(
    image: NDArray[Any], place: tuple[int, int], size: int, strides: int, padding: str
) -> NDArray[Any]:
    """The patch (size, size, channels) under a filter when it makes one place of its map.

    With padding "same" the image has zeros around it, one more below and to the right than above
    and to the left where their number is odd, as TensorFlow does it.

    Args:
        image: (height, width, channels).
        place: row and column in the filter's map.
        size: side of the filter.
        strides: pixels from one place to the next.
        padding: "same" or "valid".

    Raises:
        ValueError: the map has no such place.
    """
    framed = _framed(image, size, strides) if padding == "same" else image
    top, left = (strides * number for number in place)
    patch = framed[top : top + size, left : left + size]
    if min(place) < 0 or patch.shape[:2] != (size, size):
        raise ValueError(f"the map has no place {place}")
    return patch


def _framed(image: NDArray[Any], size: int, strides: int) -> NDArray[Any]:
    frames = [_zeros_around(length, size, strides) for length in image.shape[:2]]
    return np.pad(image, [*frames, (0, 0)])


def _zeros_around(length: int, size: int, strides: int) -> tuple[int, int]:
    places = -(-length // strides)
    total = max((places - 1) * strides + size - length, 0)
    return total // 2, total - total // 2
