"""How well a network's numbers meet their targets."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.floating]

# Percentiles of 2.5 and 97.5 rest on the outer 50 of so many.
_RESAMPLED = 2_000
_AT_ONCE = 2**20  # numbers in memory


@dataclass(frozen=True)
class Scores:
    """Figures of predictions.

    Attributes:
        r2: coefficient of determination, `1 - sum((t - p)^2) / sum((t - mean(t))^2)`: 1 is
            perfect, 0 no better than to say the mean; NaN where all targets are the same.
        mae: mean absolute error.
        rmse: root of the mean squared error.
    """

    r2: float
    mae: float
    rmse: float


def scores(predicted: Numbers, targets: Numbers) -> Scores:
    """The figures of predictions (n,) for targets (n,)."""
    off = predicted.astype(np.float64) - targets
    around = float(((targets - targets.mean(dtype=np.float64)) ** 2).sum())
    r2 = 1 - float((off**2).sum()) / around if around else float("nan")
    return Scores(r2, float(np.abs(off).mean()), float(np.sqrt((off**2).mean())))


def r2_interval(
    predicted: Numbers, targets: Numbers, confidence: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """Lowest and highest R² that other examples of the same kind are likely to give.

    Percentiles of the bootstrap: pairs are drawn with replacement, as many as there are (Efron and
    Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).

    Args:
        predicted, targets: float (n,).
        confidence: how often such intervals hold it, 0 to 1.
        seed: of what is drawn.

    Returns:
        Both NaN where R² cannot be told: targets that are all the same, or no numbers.
    """
    if not np.isfinite(scores(predicted, targets).r2):
        return float("nan"), float("nan")
    drawn = np.concatenate(list(_resampled(predicted, targets, np.random.default_rng(seed))))
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    low, high = np.quantile(drawn[np.isfinite(drawn)], tails)
    return float(low), float(high)


def _resampled(
    predicted: Numbers, targets: Numbers, draw: np.random.Generator
) -> Iterator[NDArray[np.float64]]:
    """R² of `_RESAMPLED` draws in lots; not finite where only one target was drawn."""
    n = len(targets)
    centred = targets.astype(np.float64) - targets.mean(dtype=np.float64)
    off = predicted.astype(np.float64) - targets
    sums_of = np.stack([off**2, centred, centred**2], axis=1)
    for first in range(0, _RESAMPLED, lot := max(_AT_ONCE // n, 1)):
        times = draw.multinomial(n, np.full(n, 1 / n), min(lot, _RESAMPLED - first))
        errors, total, squares = (times @ sums_of).T
        with np.errstate(divide="ignore", invalid="ignore"):
            yield 1 - errors / (squares - total**2 / n)
