"""Curves of one experiment under several seeds: their mean, and how far they scatter."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

PLACES = 200


@dataclass(frozen=True)
class Band:
    """Columns of equal length. `low` and `high` are None where there is a single curve."""

    x: tuple[float, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...] | None
    high: tuple[float, ...] | None
    count: int


def seed_band(curves: Sequence[tuple[Sequence[float], Sequence[float | None]]]) -> Band | None:
    """The mean of several curves and one standard deviation to both sides at each place.

    The standard deviation is that of a sample, with k − 1 in its denominator for k curves: how far
    a single seed lies from the mean, which does not shrink with more seeds.

    Args:
        curves: places (increasing) and values of each; what is no finite number is left out.

    Returns:
        The band over the stretch that all curves cover, between given places interpolated; None
        where there is no such stretch.
    """
    held = [kept for kept in map(_finite, curves) if len(kept[0])]
    if not held or len(held) < len(curves):
        return None
    x = _common_places([places for places, _ in held])
    if not len(x):
        return None
    y = np.array([np.interp(x, places, values) for places, values in held])
    mean, count = y.mean(axis=0), len(held)
    if count < 2:
        return Band(tuple(x.tolist()), tuple(mean.tolist()), None, None, count)
    half = y.std(axis=0, ddof=1)
    low, high = tuple((mean - half).tolist()), tuple((mean + half).tolist())
    return Band(tuple(x.tolist()), tuple(mean.tolist()), low, high, count)


def _finite(
    curve: tuple[Sequence[float], Sequence[float | None]],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    pairs = [
        (x, y) for x, y in zip(*curve, strict=True) if y is not None and isfinite(y) and isfinite(x)
    ]
    return np.array([x for x, _ in pairs], float), np.array([y for _, y in pairs], float)


def _common_places(places: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Those of the first curve that all cover, or so many evenly spread ones."""
    low, high = max(each[0] for each in places), min(each[-1] for each in places)
    if low > high:
        return np.array([])
    inside = places[0][(places[0] >= low) & (places[0] <= high)]
    same = all(len(each) == len(places[0]) and np.allclose(each, places[0]) for each in places)
    return inside if same else np.linspace(low, high, PLACES if high > low else 1)
