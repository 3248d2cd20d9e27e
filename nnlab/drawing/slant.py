"""Writing that is more slanted than usual, set more upright."""

import numpy as np
from PIL import Image

from nnlab.drawing.image import Image2D, crop, scaled

# Longer side, in pixels, at which the ink is moved.
_WORKING = 160
# The mean slant of MNIST's digits, up to the right, and what is usual on either side (about one
# standard deviation): columns to the right for each row further down.
_MEAN, _USUAL = -0.13, 0.3
# How much of what goes beyond is taken back.
_SHARE = 0.8
# Columns a row is moved by, at most, for each row that it lies higher.
_MOST = 0.6
# Fainter ink than this is only the soft rim of what was moved.
_FAINT = 0.05


def upright(cropped: Image2D) -> Image2D:
    """The ink with a slant that is nearer to the usual, cropped again, at a working size.

    The slant is that of the line through the centres of mass of the rows, from the second moments:
    as for NIST's digits in LeCun et al., "Gradient-based learning applied to document
    recognition", 1998, section III.A, where all of it is taken back.

    Args:
        cropped: the ink's bounding box, 0 to 1.
    """
    from scipy.ndimage import affine_transform

    ink = scaled(cropped, _WORKING, Image.Resampling.BILINEAR)
    middle, slant = _slant(ink)
    unusual = slant - float(np.clip(slant, _MEAN - _USUAL, _MEAN + _USUAL))
    shear = float(np.clip(_SHARE * unusual, -_MOST, _MOST))
    if shear == 0:
        return ink
    room = int(abs(shear) * len(ink)) + 1
    wide = np.pad(ink, ((0, 0), (room, room)))
    moved = affine_transform(wide, [[1, 0], [shear, 1]], [0, -shear * middle], order=1)
    return crop(np.where(moved > _FAINT, moved, np.float32(0)))


def _slant(ink: Image2D) -> tuple[float, float]:
    """The middle row of the ink's mass, and columns to the right for each row further down."""
    rows, columns = np.arange(ink.shape[0]), np.arange(ink.shape[1])
    by_row, total = ink.sum(axis=1), ink.sum()
    middle, centre = by_row @ rows / total, ink.sum(axis=0) @ columns / total
    spread = by_row @ (rows - middle) ** 2
    joint = (rows - middle) @ ink @ (columns - centre)
    return float(middle), float(joint / spread) if spread > 0 else 0.0
