"""What the first layer with weights looks for, as images."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class FirstLayer:
    """Its kernel.

    Attributes:
        images: float32 (units, side, side), what each unit or filter multiplies the image with.
        filters: whether they slide over the image, as those of a convolution do.
    """

    images: NDArray[np.float32]
    filters: bool


def first_layer_of(weights: Mapping[str, NDArray[Any]]) -> FirstLayer | None:
    """The kernel that sees the image; None where it is no square images.

    Args:
        weights: as `nnlab.models.state` names them, by position. The first of more than one
            dimension is the kernel: biases, moving means and seeds have one.
    """
    names = sorted(weights, key=lambda name: int(name.rpartition(".")[2]))
    kernel = next((weights[name] for name in names if np.ndim(weights[name]) > 1), None)
    if kernel is None:
        return None
    if kernel.ndim == 4:  # (side, side, 1, filters)
        return FirstLayer(kernel[:, :, 0].astype(np.float32).transpose(2, 0, 1), True)
    side = round(len(kernel) ** 0.5)
    if side * side != len(kernel):
        return None
    return FirstLayer(kernel.astype(np.float32).T.reshape(-1, side, side), False)
