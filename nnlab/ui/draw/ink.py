"""What can be said of a drawing before any network sees it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Weaker ink than this, of 255, is the soft edge of a stroke.
_FAINT = 64
# Shares of the canvas's area and of its side.
_FULL, _LITTLE = 0.6, 1 / 8
# So many times wider than high.
_FLAT = 5


@dataclass(frozen=True)
class Remark:
    """A word on the ink. `hopeless`: whatever a network makes of it means nothing."""

    text: str
    hopeless: bool = True


def remark(rgba: NDArray[np.uint8], digit: bool = True) -> Remark | None:
    """What makes this ink hard to read; None where nothing does.

    Args:
        rgba: uint8 (height, width, 4), white ink on black.
        digit: a digit is asked for; anything else may be flat or fill the canvas.
    """
    ink = rgba[..., :3].max(axis=2) > _FAINT
    if not ink.any():
        return None
    height, width = _extent(ink.any(axis=1)), _extent(ink.any(axis=0))
    if max(height, width) < _LITTLE * max(ink.shape):
        return Remark("Very little ink to go on.")
    if digit and ink.mean() > _FULL:
        return Remark("So much ink that no digit can be made out.")
    if digit and width > _FLAT * height:
        return Remark("A flat line is no digit.")
    return _cut(ink)


def _extent(used: NDArray[np.bool_]) -> int:
    """Length from the first to the last that is used."""
    positions = np.flatnonzero(used)
    return int(positions[-1] - positions[0]) + 1


def _cut(ink: NDArray[np.bool_]) -> Remark | None:
    if ink[[0, -1]].any() or ink[:, [0, -1]].any():
        return Remark("The ink reaches the edge: a part may be missing.", hopeless=False)
    return None
