"""How a data set places its digits, and placing ink in the same way."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from nnlab.drawing.image import Image2D, scaled


@dataclass(frozen=True)
class Frame:
    """How a data set places its digits: image side, side of the box for the ink, what is centred.

    `by_mass` puts the centre of mass at pixel `size / 2` (where MNIST's is, counted from 0);
    otherwise the box around the ink is centred.
    """

    size: int
    box: int
    by_mass: bool


# scikit-learn's 8×8 digits fill their image from edge to edge, unlike MNIST.
_FRAMES = {8: Frame(8, 8, by_mass=False)}


def frame_for(size: int) -> Frame:
    """The frame for square images of `size` pixels; MNIST's proportions unless known otherwise.

    Raises:
        ValueError: `size` is smaller than 1.
    """
    if size < 1:
        raise ValueError(f"an image needs a side of at least 1 pixel, got {size}")
    return _FRAMES.get(size) or Frame(size, max(1, round(size * 20 / 28)), by_mass=True)


def fit(image: Image2D, side: float) -> Image2D:
    """The image shrunk (mean over each pixel's area) or enlarged to a longer side of `side`."""
    return np.clip(scaled(image, side, Image.Resampling.BOX), 0, 1)


def place(fitted: Image2D, frame: Frame) -> Image2D:
    """The fitted ink in its frame, moved by whole pixels as MNIST's was, never over the edge."""
    placed = np.zeros((frame.size, frame.size), np.float32)
    top, left = (
        int(np.clip(round(start), 0, frame.size - length))
        for start, length in zip(_start(fitted, frame), fitted.shape, strict=True)
    )
    placed[top : top + fitted.shape[0], left : left + fitted.shape[1]] = fitted
    return placed


def _start(fitted: Image2D, frame: Frame) -> tuple[float, float]:
    """Row and column of the fitted ink's first pixel that centre it in its frame."""
    height, width = fitted.shape
    if not frame.by_mass:
        return (frame.size - height) / 2, (frame.size - width) / 2
    total = fitted.sum()
    row = float(fitted.sum(axis=1) @ np.arange(height) / total)
    column = float(fitted.sum(axis=0) @ np.arange(width) / total)
    return frame.size / 2 - row, frame.size / 2 - column
