"""Histograms of different ranges brought onto common bins."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from nnlab.runs.moments import Distribution

BINS = 48
# A signed logarithm tells values apart over so many decades.
DECADES = 6
_ONE_DECADE = log(10)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scale:
    """Where a value lies on an axis.

    Attributes:
        unit: None for the value itself; else the axis goes by decades on both sides of 0, as
            asinh(value / unit) / ln 10 does, and by equal steps within about one `unit` of 0.
    """

    unit: float | None = None

    def position(self, values: Floats | Sequence[float]) -> Floats:
        """Positions of values, any shape."""
        given = np.asarray(values, float)
        return given if self.unit is None else np.arcsinh(given / self.unit) / _ONE_DECADE

    def value(self, positions: Floats | Sequence[float]) -> Floats:
        """The inverse of `position`."""
        given = np.asarray(positions, float)
        return given if self.unit is None else np.sinh(given * _ONE_DECADE) * self.unit


def by_decades(parts: Sequence[Distribution]) -> Scale:
    """A logarithmic scale on which the narrowest of them can be seen beside the widest."""
    spreads = [part.std for part in parts if np.isfinite(part.std) and part.std > 0]
    largest = max((max(abs(part.low), abs(part.high)) for part in parts), default=0.0)
    if not spreads or not largest:
        return Scale(1.0)
    return Scale(max(min(spreads), largest / 10**DECADES))


def common_edges(parts: Sequence[Distribution], scale: Scale, n_bins: int = BINS) -> Floats:
    """Edges (n_bins + 1,), as values, of bins that are equally wide on the scale.

    They reach from the smallest value of all to the largest; where all are the same value, one
    unit around it.
    """
    low = min((part.low for part in parts), default=0.0)
    high = max((part.high for part in parts), default=0.0)
    if high <= low:
        low, high = low - 0.5, high + 0.5
    first, last = scale.position([low, high]).tolist()
    edges = scale.value(np.linspace(first, last, n_bins + 1))
    edges[[0, -1]] = low, high  # a value at the end must not be lost by rounding
    return edges


def rebinned(part: Distribution, edges: Floats) -> Floats:
    """Share of the values other than 0 in each of the bins between `edges`, (len(edges) - 1,).

    Values count as spread evenly over the bin that they were counted in: no more is known of
    them. Zeros, of which the number is known, are left out, since a peak of zeros hides all else.
    The shares add up to 1 where the edges hold all values, and to 0 where all values are 0.
    """
    counts = _without_zeros(part)
    total = counts.sum()
    if total <= 0:
        return np.zeros(len(edges) - 1)
    if part.high <= part.low:
        return np.histogram([part.low], edges)[0].astype(float)
    below = np.concatenate([[0.0], np.cumsum(counts)]) / total
    known = np.linspace(part.low, part.high, len(counts) + 1)
    return np.diff(np.interp(edges, known, below))


def _without_zeros(part: Distribution) -> Floats:
    """Counts of the values other than 0. Those of a part of the values stand for all of them."""
    counts = np.array(part.counts, float)
    if part.zeros <= 0 or not part.low <= 0 <= part.high:
        return counts
    width = (part.high - part.low) / len(counts)
    at = min(int(-part.low / width), len(counts) - 1) if width else 0
    counts[at] = max(counts[at] - part.zeros * counts.sum(), 0.0)
    return counts
