"""One execution of an experiment, as the store tells it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from nnlab.datasets import sizes
from nnlab.datasets.catalog import Figure
from nnlab.experiment import Experiment, batches
from nnlab.runs.states import ACTIVE, COMPLETE, RESUMABLE, RunState

# Owns the runs that come with the product: every visitor may use their networks, nobody steers
# them. No visitor can have this name, theirs are 32 hexadecimal digits.
HOUSE = "house"
# In place of an app process, for a network that came as a file and was trained elsewhere.
BROUGHT_IN = "brought in"


class RunNotFound(LookupError):
    """No such run, or not one that this visitor may see: the two are told alike."""

    def __init__(self, run_id: str) -> None:
        super().__init__(f"There is no run {run_id!r} here. It may have been deleted.")


@dataclass(frozen=True)
class Run:
    """A run as it stood when it was read. Times are UTC; speeds in images a second."""

    id: str
    owner: str
    experiment: Experiment
    state: RunState
    created_at: datetime
    finished_at: datetime | None
    epoch: int
    step: int
    steps_per_epoch: int | None
    images_per_second: float | None
    test_loss: float | None
    test_accuracy: float | None
    message: str | None
    requested: str | None = None
    engine: str | None = None
    test_mean_absolute_error: float | None = None

    @property
    def active(self) -> bool:
        """Queued or running."""
        return self.state in ACTIVE

    @property
    def resumable(self) -> bool:
        """Can be taken up where it was left."""
        return self.state in RESUMABLE

    @property
    def brought_in(self) -> bool:
        """Came as a file: it has a network and test figures, and no training to tell of.

        Its experiment has the file's layers; the training settings in it say nothing.
        """
        return self.engine == BROUGHT_IN

    @property
    def complete(self) -> bool:
        """Has a network that can be evaluated and drawn with.

        A run stopped before its first epoch has ended, but has none.
        """
        tested = (self.test_accuracy, self.test_mean_absolute_error)
        return self.state in COMPLETE and any(figure is not None for figure in tested)

    def in_test(self, figure: Figure) -> float | None:
        """What it came to in its test; None before it, and where it has no such figure."""
        return self.test_accuracy if figure == "accuracy" else self.test_mean_absolute_error

    @property
    def steps(self) -> int | None:
        """Steps of the whole training, None until the data have been counted."""
        if self.steps_per_epoch is None:
            return None
        return self.steps_per_epoch * self.experiment.training.epochs

    @property
    def progress(self) -> float:
        """Share of the steps done, 0 to 1."""
        if self.state == RunState.FINISHED:
            return 1.0
        return min(self.step / self.steps, 1.0) if self.steps else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Training time left at its speed on a worker of its own, None where it is not known."""
        if self.steps is None or not self.images_per_second:
            return None
        return self.seconds_at(self.images_per_second)

    def seconds_at(self, images_per_second: float) -> float:
        """Training time left at a given speed."""
        counted = batches(self.experiment.training, sizes(self.experiment.dataset)[0])
        steps = self.steps or counted.steps_per_epoch * self.experiment.training.epochs
        images = counted.images_before(steps) - counted.images_before(self.step)
        return max(images, 0) / images_per_second


def utc_now() -> datetime:
    """The time in UTC without a zone, as the store keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)
