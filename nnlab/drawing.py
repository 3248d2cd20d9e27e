"""From the pixels of a drawing canvas to the image a network was trained on.

A network trained on MNIST has only seen digits that were prepared in one way: cropped to the ink,
fitted into 20×20 with their aspect kept, moved so that the centre of mass sits in the middle of
28×28 (LeCun, Cortes and Burges, "The MNIST database of handwritten digits"). A drawing has to go
the same way, or the network looks at something it does not know. One step is added: paper and pen
gave MNIST strokes of similar width, a canvas does not, so the pen is brought nearer to theirs.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

# Weaker ink than this, of 255, is the soft edge of a stroke or noise.
_FAINT = 20
# Longer side, in pixels, at which the pen is measured and changed: fine enough, and quick.
_WORKING = 160
# Room around the ink for strokes that grow.
_MARGIN = 24
# The median stroke in MNIST, as a share of the digit's longer side (2.5 of 20 pixels).
_MNIST_PEN = 2.5 / 20
# How far towards that median. All the way costs accuracy where loops have run together.
_PEN_STEP = 0.5
# Ink this thick for its length is a patch, not strokes of a pen.
_SOLID = 1 / 3
# A patch smaller than this share of the canvas is a dot and is not blown up to the whole box.
_DOT = 1 / 8

Image2D = NDArray[np.float32]


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


@dataclass(frozen=True)
class Stages:
    """A drawing on its way to the model; each image float32 from 0 to 1.

    Attributes:
        ink: strength of the ink on the whole canvas, (height, width).
        cropped: the ink's bounding box.
        evened: the same with a pen nearer to MNIST's; a patch or a dot is left as it is.
        fitted: shrunk, or enlarged, into the box.
        seen: placed in the model's input, (size, size).
    """

    ink: Image2D
    cropped: Image2D
    evened: Image2D
    fitted: Image2D
    seen: Image2D

    @property
    def shrunk(self) -> Image2D:
        """What most demonstrations give the model: the whole canvas, shrunk to its input.

        For comparison; a network trained on MNIST reads a fifth of such digits.
        """
        shape = (len(self.seen), len(self.seen))
        return np.clip(_resize(self.ink, shape, Image.Resampling.BOX), 0, 1)


def prepare(rgba: NDArray[np.uint8], size: int = 28) -> Image2D:
    """What the model sees of a drawing: float32 (size, size) from 0 to 1, all 0 without ink.

    Args:
        rgba: uint8 (height, width, 4), bright ink of any colour on black; what is transparent
            counts as black.
        size: side of the model's input: 28 for MNIST's form, 8 for scikit-learn's digits.

    Raises:
        ValueError: another type or shape, or a `size` smaller than 1.
    """
    stages = prepare_in_stages(rgba, size)
    return np.zeros((size, size), np.float32) if stages is None else stages.seen


def prepare_in_stages(rgba: NDArray[np.uint8], size: int = 28) -> Stages | None:
    """As `prepare`, with all that comes before the last image; None without ink."""
    frame = frame_for(size)
    ink = _ink(_checked(rgba))
    if is_empty(ink):
        return None
    cropped = _crop(ink)
    pen = _pen_share(cropped)
    evened, box = cropped, float(frame.box)
    if pen > _SOLID:
        box *= min(1.0, max(cropped.shape) / (max(ink.shape) * _DOT))
    else:
        evened = _even_pen(cropped, pen)
    fitted = _fit(evened, box)
    strength = ink.astype(np.float32) / np.float32(255)
    return Stages(strength, cropped, evened, fitted, _place(fitted, frame))


def is_empty(image: NDArray[Any]) -> bool:
    """Whether an image without transparency, of any shape, has no ink at all."""
    return not np.any(image)


def _checked(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    canvas = np.asarray(rgba)
    if canvas.dtype != np.uint8 or canvas.ndim != 3 or canvas.shape[2] != 4:
        raise ValueError(f"need uint8 (height, width, 4), got {canvas.dtype} {canvas.shape}")
    return canvas


def _ink(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Strength of the ink, uint8 (height, width), 0 where it is too faint to count.

    The brightest channel counts, so that pure blue is as good an ink as white.
    """
    red, green, blue, alpha = np.moveaxis(rgba, 2, 0)
    brightest = np.maximum(np.maximum(red, green), blue)
    strength = (brightest.astype(np.uint16) * alpha // 255).astype(np.uint8)
    return np.where(strength > _FAINT, strength, np.uint8(0))


def _crop(ink: NDArray[Any]) -> Image2D:
    """The ink's bounding box, the strongest ink scaled to 1."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32)
    return part / part.max()


def _resize(image: Image2D, shape: tuple[int, int], method: Image.Resampling) -> Image2D:
    resized = Image.fromarray(image).resize((shape[1], shape[0]), method)
    return np.asarray(resized, np.float32)


def _scaled(image: Image2D, side: float, method: Image.Resampling) -> Image2D:
    """The image with its longer side at `side` pixels, aspect kept, brightest pixel 1."""
    scale = side / max(image.shape)
    height, width = (max(1, round(length * scale)) for length in image.shape)
    scaled = _resize(image, (height, width), method)
    return scaled / scaled.max()


def _working(cropped: Image2D) -> NDArray[np.bool_]:
    """The ink as a mask at the working size with a margin around it."""
    scaled = _scaled(cropped, _WORKING, Image.Resampling.BILINEAR)
    return np.pad(scaled > 0.5, _MARGIN)


def _pen_share(cropped: Image2D) -> float:
    """Width of the pen as a share of the ink's longer side.

    Across a stroke of width w the distance to its edge runs evenly from 0 to w/2, so the median
    distance is w/4; pixel centres lie half a pixel further in.
    """
    from scipy.ndimage import distance_transform_edt

    mask = _working(cropped)
    return 4 * (float(np.median(distance_transform_edt(mask)[mask])) - 0.5) / _WORKING


def _even_pen(cropped: Image2D, pen: float) -> Image2D:
    """The strokes with a pen nearer to MNIST's, cropped again, edges one pixel soft.

    Strokes grow or shrink along their signed distance to the edge, which keeps their middle line.
    """
    from scipy.ndimage import distance_transform_edt

    mask = _working(cropped)
    inside, outside = distance_transform_edt(mask), distance_transform_edt(~mask)
    signed = np.where(mask, inside - 0.5, 0.5 - outside)
    grow = min(_growth(pen), _MARGIN - 1.0)
    return _crop(np.clip(signed + grow + 0.5, 0, 1))


def _growth(pen: float) -> float:
    """Pixels, at the working size, that each edge of a stroke moves outwards (or inwards, < 0).

    The middle line keeps its length 1 - pen and the ink around it will be scaled to the box, so
    a width w now is seen as w / (1 - pen + w) then; solved for w.
    """
    wanted = pen + _PEN_STEP * (_MNIST_PEN - pen)
    width = wanted * (1 - pen) / (1 - wanted)
    return (width - pen) / 2 * _WORKING


def _fit(image: Image2D, side: float) -> Image2D:
    """The image shrunk (mean over each pixel's area) or enlarged to a longer side of `side`."""
    return np.clip(_scaled(image, side, Image.Resampling.BOX), 0, 1)


def _place(fitted: Image2D, frame: Frame) -> Image2D:
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
