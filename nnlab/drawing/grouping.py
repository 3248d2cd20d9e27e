"""Which pieces of ink belong to one digit.

All lengths are shares of the highest piece. What is lower than a digit goes to the nearest piece.
Of two pieces that are both as high as a digit, the boxes alone say little: slanted digits reach
over each other. They are one digit when, row by row, neither lies to the left of the other, or
when the left one ends well above the foot of the right one and all but touches it: an open 4.
"""

import numpy as np
from numpy.typing import NDArray

from nnlab.drawing.pieces import Pieces

# A lower piece is a part of a digit.
_LOW = 0.4
# It may be so far away, and so far when it lies above or below.
_NEAR, _NEAR_OVER = 0.2, 0.25
# Boxes lie over each other by this share of the narrower one; by that, perhaps crossing.
_OVER, _NESTED = 0.3, 0.5
# What lying above or below is worth, in distance, and having been drawn before.
_ABOVE, _BEFORE = 0.2, 0.1
# One piece is beside another with this share of their common rows in order.
_BESIDE = 0.85
# Pieces with fewer common rows, as a share of the lower one, are stacked.
_STACKED = 0.45
# Both strokes of an open 4: their distance, and how much higher the left one ends.
_TOUCHING, _HIGHER = 0.06, 0.2
# The right stroke is a stem: no wider than this in the middle one of its rows.
_THIN = 0.25

Matrix = NDArray[np.float64]


def groups_of(pieces: Pieces) -> NDArray[np.intp]:
    """The number of the digit that each piece belongs to, (n,)."""
    from scipy.sparse.csgraph import connected_components

    high = pieces.bottoms - pieces.tops
    tall = high >= _LOW * high.max()
    over = _over(pieces.lefts, pieces.rights)
    gaps = pieces.gaps / high.max()
    joined = _crossing(pieces, over, gaps) & np.outer(tall, tall)
    alone = joined.sum(axis=1) == 1
    joined |= _open_four(pieces, gaps) & np.outer(tall & alone, tall & alone)
    later = pieces.order[None, :] > pieces.order[:, None]
    for piece in np.flatnonzero(~tall):
        joined[piece, _nearest(gaps[piece], over[piece], later[piece], int(piece))] = True
    return connected_components(joined, directed=False)[1].astype(np.intp)


def _over(starts: NDArray[np.float64], stops: NDArray[np.float64]) -> Matrix:
    """How far intervals lie over each other, as a share of the shorter; < 0 is a gap."""
    shared = np.minimum.outer(stops, stops) - np.maximum.outer(starts, starts)
    lengths = stops - starts
    return shared / np.minimum.outer(lengths, lengths)


def _nearest(gaps: Matrix, over: Matrix, later: NDArray[np.bool_], piece: int) -> int:
    """The piece that a low one belongs to; itself, if none is near.

    One that lies above or below, and that was drawn before, comes first.
    """
    near = gaps <= np.where(over >= _OVER, _NEAR_OVER, _NEAR)
    cost = gaps - _ABOVE * np.clip(over, 0, 1) + _BEFORE * later
    cost[~near] = np.inf
    cost[piece] = 1.0
    return int(np.argmin(cost))


def _crossing(pieces: Pieces, over: Matrix, gaps: Matrix) -> NDArray[np.bool_]:
    """Which pieces are not beside each other, but within, across, above or below."""
    drawn = np.isfinite(pieces.starts)
    shared = (drawn[:, None] & drawn[None, :]).sum(axis=2)
    order = (pieces.starts[None, :] > pieces.stops[:, None]) & drawn[:, None] & drawn[None, :]
    beside = np.maximum(order.sum(axis=2), order.sum(axis=2).T) >= _BESIDE * shared
    rows = drawn.sum(axis=1)
    stacked = shared < _STACKED * np.minimum.outer(rows, rows)
    near = (over >= _OVER) & (gaps <= _NEAR)
    return np.where(stacked, near, (over >= _NESTED) & ~beside)


def _open_four(pieces: Pieces, gaps: Matrix) -> NDArray[np.bool_]:
    """Which pieces are the left and the right stroke of a 4; (left, right)."""
    high = pieces.bottoms - pieces.tops
    drawn = np.isfinite(pieces.starts)
    widths = np.where(drawn, pieces.stops - pieces.starts, np.nan)
    thin = np.nanmedian(widths, axis=1) <= _THIN * high.max()
    centres = pieces.lefts + pieces.rights
    higher = np.subtract.outer(-pieces.bottoms, -pieces.bottoms) / high.max()
    left = np.less.outer(centres, centres)
    return left & (gaps <= _TOUCHING) & (higher >= _HIGHER) & thin[None, :]
