"""How well a network's numbers meet their targets."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.floating]


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
