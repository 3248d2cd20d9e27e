"""What it costs and gains to answer only when sure enough.

Arrays are those of `nnlab.analysis.evaluation`; confidence is the probability of the predicted
class, and an image whose probabilities are not numbers has none and is never answered.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.evaluation import Floats, Ints, confidence, predicted

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Selective:
    """What is left when only answers at least as sure as a threshold are given.

    Attributes:
        thresholds: of confidence, float (k,).
        answered: number of images that get an answer at each, int (k,).
        right: how many of these answers are right, int (k,).
        total: number of all images.
    """

    thresholds: Numbers
    answered: Counts
    right: Counts
    total: int

    @property
    def coverage(self) -> Numbers:
        """Share of the images that get an answer, float (k,); NaN without images."""
        return self.answered / self.total if self.total else np.full(len(self.answered), np.nan)

    @property
    def accuracy(self) -> Numbers:
        """Share of right answers among those given, float (k,); NaN where none is."""
        given = np.where(self.answered, self.answered, 1)
        return np.where(self.answered, self.right / given, np.nan)


def selective(probabilities: Floats, y_true: Ints, thresholds: Numbers) -> Selective:
    """How many answers are given, and how many of them are right, at each threshold.

    El-Yaniv and Wiener, "On the Foundations of Noise-free Selective Classification", JMLR 2010.

    Args:
        probabilities: float (n, classes).
        y_true: int (n,).
        thresholds: float (k,); an answer whose confidence equals one is given.
    """
    sure = confidence(probabilities)
    right = predicted(probabilities) == y_true
    known = np.isfinite(sure)
    sure, right = sure[known], right[known]
    order = np.argsort(sure, kind="stable")
    # In the type of the probabilities: 0.95 in single precision lies below 0.95 in double.
    first = np.searchsorted(sure[order], thresholds.astype(sure.dtype), side="left")
    right_from = np.append(np.cumsum(right[order][::-1])[::-1], 0)
    answered = len(sure) - first
    return Selective(thresholds, answered, right_from[first].astype(np.int64), len(y_true))
