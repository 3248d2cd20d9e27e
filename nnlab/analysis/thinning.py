"""Fewer points for the same line."""

from collections.abc import Sequence
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = Sequence[float] | NDArray[Any]


def thin(x: Values, y: Values, at_most: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """At most `at_most` of the points (x, y), in order, so that the line looks the same.

    Kept are the first and the last point and, of each of equally long stretches between them,
    the lowest and the highest: no spike is lost. A stretch of nothing but NaN and infinities
    keeps one of them, so that a gap stays a gap. Stretches begin at the same places however
    many points follow, until there are twice as many: what was drawn of a growing line stays.

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
    keep = _kept(y, at_most)
    return x[keep], y[keep]


def _kept(y: NDArray[Any], at_most: int) -> NDArray[np.intp]:
    inner = y[1:-1]
    length = 2
    while 2 * ceil(len(inner) / length) + 2 > at_most:
        length *= 2
    low, high = _extremes(inner, length)
    return np.unique(np.concatenate([[0], low + 1, high + 1, [len(y) - 1]]))


def _extremes(y: NDArray[Any], length: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each stretch's finite values are lowest and highest; its beginning if it has none."""
    starts = np.arange(0, len(y), length)
    padded = np.full(len(starts) * length, np.nan)
    padded[: len(y)] = np.where(np.isfinite(y), y, np.nan)
    rows = padded.reshape(-1, length)
    unknown = np.isnan(rows)
    low = np.where(unknown, np.inf, rows).argmin(axis=1)
    high = np.where(unknown, -np.inf, rows).argmax(axis=1)
    return starts + low, starts + high
