"""The facts of a run that the rules of the diagnosis read: plain data."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.evaluation import confusion_matrix
from nnlab.runs.moments import LayerFacts


@dataclass(frozen=True)
class Instant:
    """The network at one recorded moment, in short.

    Attributes:
        epoch: epochs since training began, in fractions.
        loss: the run's own, without penalties, of its answers to `tested` test examples; NaN
            where the answers alone do not tell it.
        accuracy: of the same answers; NaN where numbers are learned.
        error: the mean absolute error of these; NaN where classes are learned.
        layers: facts in the order of the network.
    """

    epoch: float
    loss: float
    accuracy: float
    tested: int
    layers: tuple[LayerFacts, ...] = field(repr=False, default=())
    error: float = float("nan")


@dataclass(frozen=True)
class Answers:
    """The last known classes given for test examples: int (classes,) each.

    Attributes:
        asked: examples of each class.
        given: how often each class was the answer.
        right: how many of each class were recognised.
    """

    asked: NDArray[np.int64]
    given: NDArray[np.int64]
    right: NDArray[np.int64]

    @property
    def total(self) -> int:
        """Number of examples."""
        return int(self.asked.sum())

    @classmethod
    def of(cls, probabilities: NDArray[np.floating], y_true: NDArray[np.integer]) -> "Answers":
        """Counted from probabilities (n, classes) and right classes (n,)."""
        counts = confusion_matrix(probabilities, y_true)
        return cls(counts.sum(axis=1), counts.sum(axis=0), counts.diagonal())


@dataclass(frozen=True)
class Predictions:
    """The last known numbers given for test examples, and the true ones: float (n,) each."""

    predicted: NDArray[np.floating]
    targets: NDArray[np.floating]


@dataclass(frozen=True)
class Targets:
    """The true numbers, float (n,) each: they may vary more in one part than in another.

    Attributes:
        training: what is learned from.
        held_out: the validation, or the test examples where these serve for it.
    """

    training: NDArray[np.floating]
    held_out: NDArray[np.floating]


@dataclass(frozen=True)
class Series:
    """Loss and accuracy on examples that are not learned from, over the training.

    Attributes:
        name: "validation" or "test".
        epochs: when; 2.0 is the end of the second.
        losses: the same length.
        accuracies: the same length; empty where numbers are learned.
    """

    name: str
    epochs: tuple[float, ...] = ()
    losses: tuple[float, ...] = ()
    accuracies: tuple[float, ...] = ()
