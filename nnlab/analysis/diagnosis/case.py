"""What is known of a run, as the rules of the diagnosis read it: plain data, no files."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.evaluation import accuracy, confusion_matrix, cross_entropy
from nnlab.datasets import info_of, sizes
from nnlab.experiment import Experiment
from nnlab.runs.files import Result
from nnlab.runs.moments import LayerFacts, Moment
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.run import Run
from nnlab.runs.states import ACTIVE, RESUMABLE, RunState


@dataclass(frozen=True)
class Instant:
    """The network at one recorded moment, in short.

    Attributes:
        epoch: epochs since training began, in fractions.
        loss, accuracy: of its answers to `tested` test images.
        layers: facts in the order of the network.
    """

    epoch: float
    loss: float
    accuracy: float
    tested: int
    layers: tuple[LayerFacts, ...] = field(repr=False, default=())


@dataclass(frozen=True)
class Answers:
    """The network's last known answers to test images: int (classes,) each.

    Attributes:
        asked: images of each class.
        given: how often each class was the answer.
        right: how many of each class were recognised.
    """

    asked: NDArray[np.int64]
    given: NDArray[np.int64]
    right: NDArray[np.int64]

    @property
    def total(self) -> int:
        """Number of images."""
        return int(self.asked.sum())

    @classmethod
    def of(cls, probabilities: NDArray[np.floating], y_true: NDArray[np.integer]) -> "Answers":
        """Counted from probabilities (n, classes) and right classes (n,)."""
        counts = confusion_matrix(probabilities, y_true)
        return cls(counts.sum(axis=1), counts.sum(axis=0), counts.diagonal())


@dataclass(frozen=True)
class Series:
    """Loss and accuracy on images that are not learned from, over the training.

    Attributes:
        name: "validation" or "test".
        epochs: when; 2.0 is the end of the second.
        losses, accuracies: the same length.
    """

    name: str
    epochs: tuple[float, ...] = ()
    losses: tuple[float, ...] = ()
    accuracies: tuple[float, ...] = ()


@dataclass(frozen=True)
class Case:
    """A run as it stands.

    Attributes:
        experiment: what is trained.
        state: where the run stands.
        images: number of training, validation and test images.
        class_names: in the order of the class numbers.
        epochs: the finished epochs.
        points: the live curve.
        instants: some of the recorded moments in order, the first and the last among them.
        answers: to the test images, None while there are none.
    """

    experiment: Experiment
    state: RunState
    images: tuple[int, int, int]
    class_names: tuple[str, ...]
    epochs: tuple[EpochRecord, ...] = ()
    points: tuple[Point, ...] = ()
    instants: tuple[Instant, ...] = ()
    answers: Answers | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will be learned."""
        return self.state not in ACTIVE | RESUMABLE

    @property
    def guessing_loss(self) -> float:
        """Cross-entropy of who gives each class the same probability: ln(classes)."""
        return math.log(len(self.class_names))

    @cached_property
    def start_loss(self) -> float:
        """The loss before anything was learned, penalties included where there are some."""
        training = self.experiment.training
        penalised = training.l1 > 0 or training.l2 > 0
        at_start = [i.loss for i in self.instants[:1] if i.epoch == 0]
        first = [point.loss for point in self.points[:1]]
        known = first if penalised else at_start + first
        return next((loss for loss in known if math.isfinite(loss)), self.guessing_loss)

    @cached_property
    def training_losses(self) -> tuple[float, ...]:
        """Mean training loss of each finished epoch."""
        return tuple(record.loss for record in self.epochs)

    @cached_property
    def held_out(self) -> Series | None:
        """The validation; without one, the test images at recorded moments; else None."""
        records = [r for r in self.epochs if _known(r.val_loss) and _known(r.val_accuracy)]
        if records:
            return Series(
                self.experiment.dataset.validation_name.lower(),
                tuple(float(record.epoch) for record in records),
                tuple(float(record.val_loss or 0.0) for record in records),
                tuple(float(record.val_accuracy or 0.0) for record in records),
            )
        seen = [i for i in self.instants if i.epoch >= 1 and math.isfinite(i.loss)]
        columns = zip(*((i.epoch, i.loss, i.accuracy) for i in seen), strict=True)
        return Series("test", *columns) if seen else None

    @property
    def layers(self) -> tuple[LayerFacts, ...]:
        """Facts of the last recorded moment."""
        return self.instants[-1].layers if self.instants else ()


def case_of(
    run: Run,
    epochs: Sequence[EpochRecord],
    points: Sequence[Point],
    moments: Sequence[Moment],
    result: Result | None = None,
) -> Case:
    """What is known of `run`, that may still be under way.

    Args:
        run: its experiment and state.
        epochs: the finished ones.
        points: of the live curve.
        moments: some or all, in order; their weights are not looked at.
        result: answers to all test images; without it the last moment's are taken.
    """
    dataset = run.experiment.dataset
    answers = None
    if result is not None:
        answers = Answers.of(result.probabilities, result.y_test)
    elif moments:
        answers = Answers.of(moments[-1].probabilities, moments[-1].y_true)
    return Case(
        run.experiment,
        run.state,
        sizes(dataset),
        info_of(dataset).classes,
        tuple(epochs),
        tuple(points),
        tuple(_instant(moment) for moment in moments),
        answers,
    )


def _instant(moment: Moment) -> Instant:
    probabilities, y_true = moment.probabilities.astype(np.float32), moment.y_true
    return Instant(
        moment.epoch,
        cross_entropy(probabilities, y_true),
        accuracy(probabilities, y_true),
        len(y_true),
        moment.layers,
    )


def _known(value: float | None) -> bool:
    return value is not None and math.isfinite(value)
