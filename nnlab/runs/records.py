"""What a training tells the store while it runs, and what it asks: plain data."""

from dataclasses import dataclass, field
from typing import Literal, Protocol

from numpy.typing import NDArray

from nnlab.runs.moments import Moment

# What a user asks of a run.
Signal = Literal["pause", "stop"]
# What a training is asked: the same, to let another run have its turn, to be taken up with other
# settings, to leave the worker for another one, or to end without a word because another worker has
# the run.
Request = Literal["pause", "stop", "turn", "change", "leave", "lost"]


@dataclass(frozen=True)
class Point:
    """One point of the live training curve: means over the steps since the point before.

    `step` counts from the start of training; `epoch` is the same as a fraction of epochs.
    Where a number is learned, `accuracy` is None and `mean_absolute_error` is not.
    `images_per_second` is the speed over the last seconds, without the waits for its turn.
    """

    step: int
    epoch: float
    loss: float
    accuracy: float | None
    images_per_second: float
    mean_absolute_error: float | None = None


@dataclass(frozen=True)
class EpochRecord:
    """Figures of a finished epoch (1 is the first), as `Model.fit` logs them.

    `seconds` is the time for training and validation of this epoch, without waits.
    """

    epoch: int
    loss: float
    accuracy: float | None
    val_loss: float | None
    val_accuracy: float | None
    seconds: float
    mean_absolute_error: float | None = None
    val_mean_absolute_error: float | None = None


@dataclass(frozen=True)
class Checkpoint:
    """All that is needed to go on: `epoch` finished epochs and `step` steps of the next one.

    `seconds` is how long those steps took.
    """

    epoch: int
    step: int
    state: dict[str, NDArray] = field(repr=False)
    history: tuple[EpochRecord, ...] = ()
    seconds: float = 0.0


class Reporter(Protocol):
    """Where a training reports to and is steered from."""

    def point(self, point: Point) -> None:
        """A new point of the training curve."""

    def epoch(self, record: EpochRecord) -> None:
        """An epoch has ended."""

    def checkpoint(self, checkpoint: Checkpoint, *, best: bool = False) -> None:
        """Keep this state; with `best`, as the best so far as well."""

    def moment(self, moment: Moment) -> None:
        """Keep what the network is like now."""

    def requested(self) -> Request | None:
        """What is asked of the training now; called often, so it must be cheap."""
