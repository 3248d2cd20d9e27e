"""Cutting and scaling grey images: what all steps of the preparation share."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Image2D = NDArray[np.float32]
Box = tuple[slice, slice]


def is_empty(image: NDArray[Any]) -> bool:
    """Whether an image without transparency, of any shape, has no ink at all."""
    return not np.any(image)


def box_of(ink: NDArray[Any]) -> Box:
    """Rows and columns of the bounding box of what is not 0; there has to be something."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def brightest(colours: NDArray[Any]) -> NDArray[Any]:
    """The highest of three channels, (..., 3) → (...); NumPy's own maximum is slow along so few."""
    return np.maximum(np.maximum(colours[..., 0], colours[..., 1]), colours[..., 2])


def crop(ink: NDArray[Any]) -> Image2D:
    """The ink's bounding box, the strongest ink scaled to 1."""
    part = ink[box_of(ink)].astype(np.float32)
    return part / part.max()


def resize(image: Image2D, shape: tuple[int, int], method: Image.Resampling) -> Image2D:
    """The image in another (height, width)."""
    resized = Image.fromarray(image).resize((shape[1], shape[0]), method)
    return np.asarray(resized, np.float32)


def scaled(image: Image2D, side: float, method: Image.Resampling) -> Image2D:
    """The image with its longer side at `side` pixels, aspect kept, brightest pixel 1."""
    scale = side / max(image.shape)
    height, width = (max(1, round(length * scale)) for length in image.shape)
    enlarged = resize(image, (height, width), method)
    return enlarged / enlarged.max()


def pooled(mask: NDArray[np.bool_], step: int) -> NDArray[np.bool_]:
    """A mask smaller by a whole factor; set where anything is set in the `step` × `step` pixels."""
    if step == 1:
        return mask
    height, width = (-(-length // step) for length in mask.shape)
    padded = np.zeros((height * step, width * step), np.bool_)
    padded[: mask.shape[0], : mask.shape[1]] = mask
    return np.asarray(padded.reshape(height, step, width, step).any(axis=(1, 3)))


def spread(mask: NDArray[np.bool_], step: int, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """The way back from `pooled`, to (height, width) = `shape`."""
    if step == 1:
        return mask
    return mask.repeat(step, axis=0).repeat(step, axis=1)[: shape[0], : shape[1]]
