"""What can be said of a drawing before any network sees it."""

import numpy as np
from numpy.typing import NDArray

# Weaker ink than this, of 255, is the soft edge of a stroke.
_FAINT = 64
# Shares of the canvas's area and side.
_FULL, _LITTLE = 0.6, 1 / 8
# So many times wider than high.
_FLAT = 5


def remark(rgba: NDArray[np.uint8]) -> str | None:
    """A sentence about ink that makes a poor digit, None about any other.

    Args:
        rgba: uint8 (height, width, 4), white ink on black.
    """
    ink = rgba[..., :3].max(axis=2) > _FAINT
    if not ink.any():
        return None
    height, width = _extent(ink.any(axis=1)), _extent(ink.any(axis=0))
    if ink.mean() > _FULL:
        return "So much ink that no digit can be made out. A network names a class all the same."
    if max(height, width) < _LITTLE * max(ink.shape):
        return "That is very little ink to go on."
    if width > _FLAT * height:
        return "A flat line is no digit. A network names a class all the same."
    return "The ink reaches the edge: part of the digit may be missing." if _cut(ink) else None


def _extent(used: NDArray[np.bool_]) -> int:
    """Length from the first to the last that is used."""
    positions = np.flatnonzero(used)
    return int(positions[-1] - positions[0]) + 1


def _cut(ink: NDArray[np.bool_]) -> bool:
    return bool(ink[[0, -1]].any() or ink[:, [0, -1]].any())
