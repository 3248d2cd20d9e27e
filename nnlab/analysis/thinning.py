"""Fewer points for the same line."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = Sequence[float] | NDArray[Any]


def thin(x: Values, y: Values, at_most: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """At most `at_most` of the points (x, y), in order, so that the line looks the same.

    Kept are the first and the last point and, of each of equally long stretches between them,
    the lowest and the highest: no spike is lost. A stretch of nothing but NaN and infinities
    keeps one of them, so that a gap stays a gap.

    Raises:
        ValueError: `x` and `y` differ in length, or `at_most` is below 4.
    """
    x, y = np.asarray(x), np.asarray(y, dtype=float)
    if len(x) != len(y):
        raise ValueError(f"{len(x)} values of x but {len(y)} of y")
    if at_most < 4:
        raise ValueError(f"at_most must be 4 or more, not {at_most}")
    if len(y) <= at_most:
        return x, y
    keep = _kept(y, (at_most - 2) // 2)
    return x[keep], y[keep]


def _kept(y: NDArray[Any], stretches: int) -> NDArray[np.intp]:
    edges = np.linspace(1, len(y) - 1, stretches + 1).astype(int)
    keep = {0, len(y) - 1}
    for start, stop in pairwise(edges):
        keep.update(start + place for place in _extremes(y[start:stop]))
    return np.array(sorted(keep), dtype=np.intp)


def _extremes(y: NDArray[Any]) -> tuple[int, ...]:
    """Where the lowest and the highest finite value are; the first place if none is finite."""
    places = np.flatnonzero(np.isfinite(y))
    if not len(places):
        return (0,)
    return int(places[y[places].argmin()]), int(places[y[places].argmax()])
