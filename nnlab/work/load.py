"""How busy the workers are: what a teacher looks at while a class trains. Names no visitor."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from nnlab.runs.run import Run, utc_now
from nnlab.work.outlook import Reason
from nnlab.work.status import ClusterStatus, WorkerStatus

# Ten minutes, a look a second.
REMEMBERED = 600


@dataclass(frozen=True)
class Moment:
    """How many runs trained and waited at a time (UTC)."""

    at: datetime
    training: int
    waiting: int


@dataclass(frozen=True)
class InQueue:
    """A run that waits, its number in the queue and why it is not let in; None: it begins now."""

    run: Run
    position: int | None
    reason: Reason | None


@dataclass(frozen=True)
class Load:
    """The workers and everybody's runs, as they were a moment ago.

    Attributes:
        workers: with the runs that each has in hand.
        training: runs that train.
        queue: runs that wait, who comes first first.
        past: the last minutes, oldest first.
    """

    workers: Sequence[tuple[WorkerStatus, int]]
    training: Sequence[Run]
    queue: Sequence[InQueue]
    past: Sequence[Moment]


class LoadHistory:
    """Remembers how many trained and waited."""

    def __init__(self) -> None:
        self._moments: deque[Moment] = deque(maxlen=REMEMBERED)

    def note(self, training: int, waiting: int) -> None:
        """These are the numbers now."""
        self._moments.append(Moment(utc_now(), training, waiting))

    def moments(self) -> list[Moment]:
        """Oldest first."""
        return list(self._moments)


def workers_with_runs(
    status: ClusterStatus, held: Mapping[str, Sequence[str]]
) -> list[tuple[WorkerStatus, int]]:
    """Each worker that trains, with how many runs it has in hand.

    Args:
        status: of the workers.
        held: the runs of each worker, by its address.
    """
    trains = [worker for worker in status.each if worker.kind is not None]
    trains.sort(key=lambda worker: (str(worker.kind), worker.address))
    return [(worker, len(held.get(worker.address, ()))) for worker in trains]
