"""A drawing on its way to the model, step by step."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from nnlab.drawing.frame import fit, frame_for, place
from nnlab.drawing.image import Image2D, crop, is_empty, resize
from nnlab.drawing.paper import ink_of
from nnlab.drawing.pen import even_pen, pen_share
from nnlab.drawing.slant import upright
from nnlab.drawing.specks import without_specks

# Ink this thick for its length is a patch, not strokes of a pen.
_SOLID = 1 / 3
# A patch smaller than this share of the canvas is a dot and is not blown up to the whole box.
_DOT = 1 / 8


@dataclass(frozen=True)
class Stages:
    """A drawing on its way to the model; each image float32 from 0 to 1.

    Attributes:
        ink: strength of the ink on the whole canvas, (height, width).
        cropped: the ink's bounding box, without stray dots.
        evened: the same less slanted and with a pen nearer to MNIST's; a patch or a dot is left
            as it is.
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
        return np.clip(resize(self.ink, shape, Image.Resampling.BOX), 0, 1)


def prepare(rgba: NDArray[np.uint8], size: int = 28) -> Image2D:
    """What the model sees of a drawing: float32 (size, size) from 0 to 1, all 0 without ink.

    Args:
        rgba: uint8 (height, width, 4): ink of any colour on paper of any other, or on nothing;
            `nnlab.drawing.paper` says how the two are told apart.
        size: side of the model's input: 28 for MNIST's form, 8 for scikit-learn's digits.

    Raises:
        ValueError: another type or shape, or a `size` smaller than 1.
    """
    stages = prepare_in_stages(rgba, size)
    return np.zeros((size, size), np.float32) if stages is None else stages.seen


def prepare_in_stages(rgba: NDArray[np.uint8], size: int = 28) -> Stages | None:
    """As `prepare`, with all that comes before the last image; None without ink."""
    frame = frame_for(size)
    ink = ink_of(rgba)
    if is_empty(ink):
        return None
    cropped = crop(without_specks(ink))
    standing = upright(cropped)
    pen = pen_share(standing)
    evened, box = cropped, float(frame.box)
    if pen > _SOLID:
        box *= min(1.0, max(cropped.shape) / (max(ink.shape) * _DOT))
    else:
        evened = even_pen(standing, pen)
    fitted = fit(evened, box)
    strength = ink.astype(np.float32) / np.float32(255)
    return Stages(strength, cropped, evened, fitted, place(fitted, frame))
