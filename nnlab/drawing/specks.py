"""Leaving out stray dots: a touch of the hand far from the digit, dust on a photograph.

Everything is measured in the longer side of the largest piece of ink, so that a small digit is
treated as a large one is. A piece goes when it is small and the gap to the rest is large for it:
the separate top of a 5 or the dash of a 7 is a good deal larger than a dot, and near.
"""

import numpy as np
from numpy.typing import NDArray

from nnlab.drawing.image import box_of, pooled, spread

# Longer side, in pixels, at which pieces of ink are looked at.
_WORKING = 200
# A piece this long is a part of what was drawn, wherever it lies; one this short is dust.
_LARGE, _DUST = 0.4, 0.04
# The gap over which a dot still belongs to the rest, and how much further a longer piece may be.
_GAP, _REACH = 0.1, 1.5


def without_specks(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink, uint8 (height, width), without the pieces that are no part of the digit."""
    from scipy.ndimage import label

    box = box_of(ink)
    part = ink[box] > 0
    step = max(1, -(-max(part.shape) // _WORKING))
    labels, count = label(pooled(part, step), np.ones((3, 3)))
    if count < 2:
        return ink
    kept = spread(_kept(labels)[labels], step, part.shape)
    cleaned = np.zeros_like(ink)
    cleaned[box] = np.where(kept, ink[box], 0)
    return cleaned


def _kept(labels: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which labels belong to the drawing; 0, the paper, does not.

    Begins with the largest pieces and takes in what is large or near until nothing is added.
    """
    from scipy.ndimage import distance_transform_edt, minimum

    sides = _sides(labels)
    lengths, index = sides / sides.max(), np.arange(len(sides))
    kept = lengths >= _LARGE
    while True:
        gaps = minimum(distance_transform_edt(~kept[labels]), labels, index) / sides.max()
        near = (lengths > _DUST) & (gaps <= _GAP + _REACH * lengths)
        if not np.any(near & ~kept):
            return kept
        kept |= near


def _sides(labels: NDArray[np.int32]) -> NDArray[np.float64]:
    """The longer side of each piece's bounding box in pixels; 0 for the paper."""
    from scipy.ndimage import find_objects

    boxes = find_objects(labels)
    return np.array([0.0] + [float(max(s.stop - s.start for s in box)) for box in boxes])
