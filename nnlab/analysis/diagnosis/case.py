"""What is known of a run, as the rules of the diagnosis read it: plain data, no files."""

import math
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.diagnosis.facts import Answers, Instant, Predictions, Series, Targets
from nnlab.analysis.losses import loss_of_best_number, loss_of_equal_answers
from nnlab.datasets import info
from nnlab.experiment import Experiment, loss_of
from nnlab.runs.moments import LayerFacts
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.states import ACTIVE, RESUMABLE, RunState

# Share of a loss that is gone when something has been learned.
LEARNED = 0.4


@dataclass(frozen=True)
class Case:
    """A run as it stands.

    Attributes:
        experiment: what is trained.
        state: where the run stands.
        images: number of training, validation and test examples.
        class_names: in the order of the class numbers; none where numbers are learned.
        epochs: the finished epochs.
        points: the live curve.
        instants: some of the recorded moments in order, the first and the last among them.
        answers: the classes given for test examples, None while there are none.
        predictions: the numbers given for them, likewise.
        targets: the true numbers; None where there are classes.
    """

    experiment: Experiment
    state: RunState
    images: tuple[int, int, int]
    class_names: tuple[str, ...]
    epochs: tuple[EpochRecord, ...] = ()
    points: tuple[Point, ...] = ()
    instants: tuple[Instant, ...] = ()
    answers: Answers | None = None
    predictions: Predictions | None = None
    targets: Targets | None = field(repr=False, default=None)

    @property
    def things(self) -> str:
        """What is learned from: "images" or "points"."""
        return info(self.experiment.dataset.name).kind

    @property
    def regression(self) -> bool:
        """Whether numbers are learned and not classes."""
        return self.targets is not None

    @property
    def loss_name(self) -> str:
        """What the training makes small, by Keras's name."""
        return loss_of(self.experiment, "regression" if self.regression else "classification")

    @property
    def ended(self) -> bool:
        """Whether nothing more will be learned."""
        return self.state not in ACTIVE | RESUMABLE

    @cached_property
    def guessing_loss(self) -> float:
        """The loss of an answer that looks at nothing, on what is learned from.

        The same probability for each class, ln(classes) with cross-entropy; or the one number that
        suits the true ones best, their mean for squared errors.
        """
        return self._guessing(None if self.targets is None else self.targets.training)

    @cached_property
    def guessing_held_out(self) -> float:
        """The same on what is not learned from."""
        return self._guessing(None if self.targets is None else self.targets.held_out)

    def _guessing(self, targets: NDArray[np.floating] | None) -> float:
        if targets is None:
            return loss_of_equal_answers(self.loss_name, len(self.class_names))
        return loss_of_best_number(self.loss_name, targets)

    @property
    def penalised(self) -> bool:
        """Whether the losses of the training hold penalties on weights."""
        return self.experiment.training.l1 > 0 or self.experiment.training.l2 > 0

    @cached_property
    def start_loss(self) -> float:
        """The loss before anything was learned, penalties included where there are some."""
        at_start = [i.loss for i in self.instants[:1] if i.epoch == 0]
        first = [point.loss for point in self.points[:1]]
        known = first if self.penalised else at_start + first
        return next((loss for loss in known if math.isfinite(loss)), self.guessing_loss)

    @cached_property
    def training_losses(self) -> tuple[float, ...]:
        """Mean training loss of each finished epoch."""
        return tuple(record.loss for record in self.epochs)

    @property
    def has_learned(self) -> bool:
        """Whether much of the loss of guessing is gone on what is learned from."""
        losses = self.training_losses
        return bool(losses) and losses[-1] <= (1 - LEARNED) * self.guessing_loss

    @property
    def validated(self) -> bool:
        """Whether there are figures of a validation."""
        return any(record.val_loss is not None for record in self.epochs)

    @cached_property
    def held_out(self) -> Series | None:
        """The validation; without one, the test examples at recorded moments; else None."""
        records = [record for record in self.epochs if self._validation_known(record)]
        if records:
            return Series(
                self.experiment.dataset.validation_name.lower(),
                tuple(float(record.epoch) for record in records),
                tuple(float(record.val_loss or 0.0) for record in records),
                () if self.regression else tuple(r.val_accuracy or 0.0 for r in records),
            )
        return self.tested(since=1)

    def tested(self, since: float) -> Series | None:
        """The test examples at recorded moments from that epoch on; None without their losses."""
        seen = [i for i in self.instants if i.epoch >= since and math.isfinite(i.loss)]
        if not seen:
            return None
        accuracies = () if self.regression else tuple(i.accuracy for i in seen)
        return Series("test", tuple(i.epoch for i in seen), tuple(i.loss for i in seen), accuracies)

    @property
    def accuracy_elsewhere(self) -> tuple[str, float] | None:
        """Of which examples that are not learned from, and the last known accuracy on them."""
        if self.regression:
            return None
        if self.held_out is not None:
            return self.held_out.name, self.held_out.accuracies[-1]
        seen = [i.accuracy for i in self.instants if i.epoch >= 1]
        return ("test", seen[-1]) if seen else None

    @property
    def layers(self) -> tuple[LayerFacts, ...]:
        """Facts of the last recorded moment."""
        return self.instants[-1].layers if self.instants else ()

    def _validation_known(self, record: EpochRecord) -> bool:
        return _known(record.val_loss) and (self.regression or _known(record.val_accuracy))


def _known(value: float | None) -> bool:
    return value is not None and math.isfinite(value)
