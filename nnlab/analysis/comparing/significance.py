"""Whether two settings differ by more than their seeds do.

The test is Welch's t-test (B. L. Welch, Biometrika 34, 1947), in SciPy
`scipy.stats.ttest_ind(equal_var=False)`. It does not take for granted that both settings scatter
alike, and it can tell a large difference with two or three seeds each. A permutation test cannot:
of the 20 ways to split six results, two are as extreme as the clearest, so its p-value is never
below 0.1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import stats

LEAST_SEEDS = 2
ALPHA = 0.05


class Verdict(StrEnum):
    """What can be said of a difference."""

    MORE = "more than seed noise"
    NOT_MORE = "not more than seed noise"
    NO_NOISE = "no seed noise to measure against"
    TOO_FEW = "too few seeds"


@dataclass(frozen=True)
class Comparison:
    """Two settings' results compared.

    Attributes:
        difference: mean of the second less mean of the first.
        low, high: the 95 % interval of the difference, by itself; None without a test.
        p: how often seeds alone give a difference this large; None without a test.
        counts: results of each.
        verdict: what follows, see `holm` where there are several.
    """

    difference: float
    low: float | None
    high: float | None
    p: float | None
    counts: tuple[int, int]
    verdict: Verdict

    @property
    def told_apart(self) -> float | None:
        """How large a difference has to be to be told from noise, with these seeds and scatter."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2


def compare(first: Sequence[float], second: Sequence[float]) -> Comparison:
    """Compare the results of two settings, a finite number for each seed.

    Raises:
        ValueError: one of them has no result.
    """
    if not len(first) or not len(second):
        raise ValueError("each setting needs a result")
    difference = float(np.mean(second) - np.mean(first))
    counts = (len(first), len(second))
    if min(counts) < LEAST_SEEDS:
        return Comparison(difference, None, None, None, counts, Verdict.TOO_FEW)
    if np.ptp(first) == 0 and np.ptp(second) == 0:
        return Comparison(difference, None, None, None, counts, Verdict.NO_NOISE)
    tested = stats.ttest_ind(second, first, equal_var=False)
    low, high = tested.confidence_interval(1 - ALPHA)
    p = float(tested.pvalue)
    return Comparison(difference, float(low), float(high), p, counts, _verdict(p))


def holm(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """The same comparisons, judged together: p-values adjusted as Holm does.

    Of twenty comparisons without any effect, one has p below 0.05 on average. Holm's method
    (Scandinavian Journal of Statistics 6, 1979) multiplies the smallest of m p-values by m, the
    next by m − 1 and so on, never below the one before: the chance of a single false "more" among
    all is then at most 5 %. Comparisons without a test stay as they are. Intervals do not change.
    """
    tested = sorted(
        (c.p, at) for at, c in enumerate(comparisons) if c.p is not None
    )  # ties by place, which changes nothing
    judged, least = list(comparisons), 0.0
    for rank, (p, at) in enumerate(tested):
        least = max(least, min(1.0, (len(tested) - rank) * p))
        was = comparisons[at]
        judged[at] = Comparison(
            was.difference, was.low, was.high, least, was.counts, _verdict(least)
        )
    return judged


def _verdict(p: float) -> Verdict:
    return Verdict.MORE if p < ALPHA else Verdict.NOT_MORE
