"""Spreads the runs evenly when workers come, or when some have finished before others."""

import time
from collections.abc import Callable, Mapping, Sequence

from nnlab.runs.leases import Leases
from nnlab.work.dispatch import Dispatch
from nnlab.work.slots import ROOM
from nnlab.work.status import ClusterStatus

# A move costs a checkpoint and a network compiled elsewhere, so it has time to show.
REST_SECONDS = 2.0
# One more on a worker than on another is as even as it gets.
UNEVEN = 2


class Balance:
    """Looked after by the engine's thread: asks a run of the busiest worker to go on elsewhere."""

    def __init__(
        self, leases: Leases, dispatch: Dispatch, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._leases = leases
        self._dispatch = dispatch
        self._clock = clock
        self._rest_until = 0.0

    def look(self, status: ClusterStatus, held: Mapping[str, Sequence[str]]) -> None:
        """Move at most one run of this app process for each kind of worker.

        Args:
            status: of the workers.
            held: the runs of each worker, by its address.
        """
        if self._clock() < self._rest_until:
            return
        for kind in ROOM:
            workers = status.warm_of(kind)
            if len(workers) > 1 and self._even_out(workers, held):
                self._rest_until = self._clock() + REST_SECONDS

    def _even_out(self, workers: Sequence[str], runs: Mapping[str, Sequence[str]]) -> bool:
        loads = {worker: len(runs.get(worker, ())) for worker in workers}
        busiest = max(loads, key=lambda worker: loads[worker])
        idlest = min(loads, key=lambda worker: loads[worker])
        if loads[busiest] - loads[idlest] < UNEVEN:
            return False
        ours = set(self._dispatch.in_hand())
        movable = [run_id for run_id in runs[busiest] if run_id in ours]
        if not movable:
            return False
        self._dispatch.prefer(movable[-1], idlest)  # the newest: it has least to carry over
        self._leases.ask_to_leave(movable[-1:])
        return True
