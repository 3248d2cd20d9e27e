"""Test images changed on purpose: noisy, turned, moved, blurred, paler."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

Kind = Literal["noise", "rotation", "shift", "blur", "contrast"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# Lengths are for images of this side and scale with it.
_SIDE = 28

Images = NDArray[np.float32]


@dataclass(frozen=True)
class Change:
    """One change, the same to all images.

    Attributes:
        kind: "noise": normally distributed, added to each pixel by itself; "rotation": about the
            middle, anticlockwise; "shift": to the right; "blur": with a Gaussian; "contrast":
            taken away, and beyond 1 turned into the negative.
        strength: standard deviation of the noise, where white is 1; degrees; pixels; the
            Gaussian's standard deviation in pixels; share of the contrast that is taken away.
            0 leaves the images as they are.
        seed: of the noise.
    """

    kind: Kind
    strength: float
    seed: int = 0


@dataclass(frozen=True)
class _Scale:
    """Steps of a curve over the strength; `length` says that they are pixels."""

    step: float
    steps: int
    length: bool = False


_SCALES: dict[Kind, _Scale] = {
    "noise": _Scale(0.05, 20),
    "rotation": _Scale(10, 18),
    "shift": _Scale(1, 8, length=True),
    "blur": _Scale(0.25, 16, length=True),
    "contrast": _Scale(0.1, 20),
}


def strengths(kind: Kind, side: int) -> NDArray[np.float64]:
    """Strengths that make a curve, from 0 to the strongest, for images of `side` pixels."""
    scale = _SCALES[kind]
    step = scale.step * side / _SIDE if scale.length else scale.step
    return np.round(step * np.arange(scale.steps + 1), 4)


def changed(images: Images, change: Change, numbers: NDArray[np.integer[Any]]) -> Images:
    """The images as `change` leaves them, float32 (n, H, W) from 0 to 1. What comes in is black.

    Args:
        images: float32 (n, H, W) from 0 to 1.
        change: what is done.
        numbers: int (n,), names of the images: an image gets its own noise, whatever others it is
            changed with, and the same noise at any strength.

    Raises:
        ValueError: there is no such kind of change.
    """
    if change.kind not in _CHANGES:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, not {change.kind!r}")
    if not change.strength or not len(images):
        return images
    made = _CHANGES[change.kind](images, change, numbers)
    return np.clip(made, 0.0, 1.0).astype(np.float32, copy=False)


def _noise(images: Images, change: Change, numbers: NDArray[np.integer[Any]]) -> Images:
    shape = images.shape[1:]
    noise = [
        np.random.default_rng([change.seed, int(number)]).standard_normal(shape, np.float32)
        for number in numbers
    ]
    return images + np.float32(change.strength) * np.stack(noise)


def _rotation(images: Images, change: Change, _: NDArray[np.integer[Any]]) -> Images:
    from scipy import ndimage  # here and below: the first page needs none of it

    # Bilinear, as changed copies of training images are made.
    return ndimage.rotate(images, change.strength, axes=(2, 1), reshape=False, order=1)


def _shift(images: Images, change: Change, _: NDArray[np.integer[Any]]) -> Images:
    from scipy import ndimage

    return ndimage.shift(images, (0, 0, change.strength), order=1)


def _blur(images: Images, change: Change, _: NDArray[np.integer[Any]]) -> Images:
    from scipy import ndimage

    sigma = (0, change.strength, change.strength)
    return ndimage.gaussian_filter(images, sigma, mode="constant")


def _contrast(images: Images, change: Change, _: NDArray[np.integer[Any]]) -> Images:
    return np.float32(0.5) + np.float32(1 - change.strength) * (images - np.float32(0.5))


_CHANGES: dict[str, Callable[[Images, Change, NDArray[np.integer[Any]]], Images]] = {
    "noise": _noise,
    "rotation": _rotation,
    "shift": _shift,
    "blur": _blur,
    "contrast": _contrast,
}
