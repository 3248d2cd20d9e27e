"""A reporter that remembers, and a small experiment to train."""

from dataclasses import dataclass, field
from typing import Any

from nnlab.experiment import Dataset, Dense, Dropout, Experiment, Flatten, Training
from nnlab.runs.moments import Moment
from nnlab.runs.records import Checkpoint, EpochRecord, Point, Signal


@dataclass
class Listener:
    """A reporter that remembers; asks for `signal` at point number `at`."""

    signal: Signal | None = None
    at: int = 0
    points: list[Point] = field(default_factory=list)
    epochs: list[EpochRecord] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    checkpoints: list[tuple[Checkpoint, bool]] = field(default_factory=list)

    def point(self, point: Point) -> None:
        self.points.append(point)

    def epoch(self, record: EpochRecord) -> None:
        self.epochs.append(record)

    def checkpoint(self, checkpoint: Checkpoint, *, best: bool = False) -> None:
        self.checkpoints.append((checkpoint, best))

    def moment(self, moment: Moment) -> None:
        self.moments.append(moment)

    def requested(self) -> Signal | None:
        return self.signal if self.signal and len(self.points) >= self.at else None


def experiment(**training: Any) -> Experiment:
    """A network with dropout on `digits`: 1,293 training images, 41 batches, the last one of 13."""
    return Experiment(
        dataset=Dataset(name="digits"),
        layers=(Flatten(), Dense(units=16), Dropout(rate=0.3)),
        training=Training(**{"epochs": 3, "batch_size": 32, "seed": 5, **training}),
    )
