"""The width of the pen: measured, and brought nearer to MNIST's."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from nnlab.drawing.image import Image2D, crop, scaled

# Longer side, in pixels, at which the pen is measured and changed: fine enough, and quick.
_WORKING = 160
# Room around the ink for strokes that grow.
_MARGIN = 24
# The median stroke in MNIST, as a share of the digit's longer side (2.5 of 20 pixels).
_MNIST_PEN = 2.5 / 20
# How far towards that median. All the way costs accuracy where loops have run together.
_PEN_STEP = 0.5


def pen_share(cropped: Image2D) -> float:
    """Width of the pen as a share of the ink's longer side.

    Across a stroke of width w the distance to its edge runs evenly from 0 to w/2, so the median
    distance is w/4; pixel centres lie half a pixel further in.
    """
    from scipy.ndimage import distance_transform_edt

    mask = _working(cropped)
    return 4 * (float(np.median(distance_transform_edt(mask)[mask])) - 0.5) / _WORKING


def even_pen(cropped: Image2D, pen: float) -> Image2D:
    """The strokes with a pen nearer to MNIST's, cropped again, edges one pixel soft.

    Strokes grow or shrink along their signed distance to the edge, which keeps their middle line.

    Args:
        cropped: the ink's bounding box, 0 to 1.
        pen: its `pen_share`.
    """
    from scipy.ndimage import distance_transform_edt

    mask = _working(cropped)
    inside, outside = distance_transform_edt(mask), distance_transform_edt(~mask)
    signed = np.where(mask, inside - 0.5, 0.5 - outside)
    grow = min(_growth(pen), _MARGIN - 1.0)
    return crop(np.clip(signed + grow + 0.5, 0, 1))


def _working(cropped: Image2D) -> NDArray[np.bool_]:
    """The ink as a mask at the working size with a margin around it."""
    return np.pad(scaled(cropped, _WORKING, Image.Resampling.BILINEAR) > 0.5, _MARGIN)


def _growth(pen: float) -> float:
    """Pixels, at the working size, that each edge of a stroke moves outwards (or inwards, < 0).

    The middle line keeps its length 1 - pen and the ink around it will be scaled to the box, so
    a width w now is seen as w / (1 - pen + w) then; solved for w.
    """
    wanted = pen + _PEN_STEP * (_MNIST_PEN - pen)
    width = wanted * (1 - pen) / (1 - wanted)
    return (width - pen) / 2 * _WORKING
