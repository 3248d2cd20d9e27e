"""Everybody's active runs as they were a moment ago, for what each page tells of its own."""

from collections.abc import Callable, Sequence

from nnlab import settings
from nnlab.experiment import Experiment
from nnlab.runs.run import Run
from nnlab.runs.states import RunState
from nnlab.work.admission import Inside, Waiting, admitted, in_order
from nnlab.work.outlook import Outlook, Reason, shared_seconds
from nnlab.work.slots import SMALL, Kind, room_of
from nnlab.work.status import ClusterStatus


class Crowd:
    """Read by the engine's thread once a second; asked by every page that shows a run.

    Args:
        runs: everybody's active runs, oldest first.
        kind_of: the kind of worker that an experiment needs.
    """

    def __init__(
        self, runs: Sequence[Run] = (), kind_of: Callable[[Experiment], Kind] = lambda _: SMALL
    ) -> None:
        self._kind_of = kind_of
        self.training = [run for run in runs if run.state == RunState.RUNNING]
        self.waiting = [run for run in runs if run.state == RunState.QUEUED]
        # Here and not for each page that asks: thirty ask for one run each.
        self._inside = [self._as_waiting(run) for run in self.training]
        self._outside = [self._as_waiting(run) for run in self.waiting]
        self._seconds = {run.id: run.seconds_left for run in self.training}

    def outlook(self, run: Run, status: ClusterStatus) -> Outlook:
        """A run's place among the others that need the same kind of worker.

        Args:
            run: as it stands now.
            status: of the workers.
        """
        kind = self._kind_of(run.experiment)
        others = [
            self._seconds[other.run_id]
            for other in self._inside
            if other.kind == kind and other.run_id != run.id
        ]
        workers = max(1, len(status.warm_of(kind)))
        own = run.seconds_left
        if own is None:
            own = self._as_others(run)
        left = shared_seconds(own, others, workers) if own is not None else None
        if run.state != RunState.QUEUED:
            return Outlook(len(others) + 1, workers, left)
        position, reason = self.place(run, status)
        # When it is let in depends on who ends first, and so would be a guess.
        return Outlook(0, workers, left if position is None else None, position, reason)

    def _as_others(self, run: Run) -> float | None:
        """Seconds for a run that has not begun, from one that trains the same network."""
        for other in self.training:
            if _size(other) == _size(run) and other.images_per_second:
                return run.seconds_at(other.images_per_second)
        return None

    def place(self, run: Run, status: ClusterStatus) -> tuple[int | None, Reason | None]:
        """A waiting run's number in the queue and why; None for one that is about to begin."""
        kind = self._kind_of(run.experiment)
        waiting = [place for place in self._outside if place.kind == kind]
        if all(place.run_id != run.id for place in waiting):  # it came after the last look
            waiting.append(self._as_waiting(run))
        inside, at_once = Inside.of(self._inside), settings.runs_at_once()
        begins = {place.run_id for place in admitted(waiting, inside, status.room, at_once)}
        if run.id in begins:
            return None, None
        left = [place for place in in_order(waiting, inside.of_owner) if place.run_id not in begins]
        position = [place.run_id for place in left].index(run.id) + 1
        # Those of the owner that are about to begin count, too.
        begun = sum(place.owner == run.owner and place.run_id in begins for place in waiting)
        own = inside.of_owner.get(run.owner, 0) + begun
        return position, "own limit" if own >= at_once else "no room"

    def _as_waiting(self, run: Run) -> Waiting:
        return Waiting(run.id, run.owner, self._kind_of(run.experiment), room_of(run.experiment))


def _size(run: Run) -> object:
    """What has most to do with how fast a run trains."""
    experiment = run.experiment
    return experiment.layers, experiment.training.batch_size, experiment.dataset.name
