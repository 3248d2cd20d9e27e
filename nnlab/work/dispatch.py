"""Hands runs to the workers as there is room, and takes back what comes from them."""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nnlab import settings
from nnlab.work import train_run
from nnlab.work.admission import Inside, Waiting, admitted
from nnlab.work.status import ClusterStatus

if TYPE_CHECKING:  # Dask is loaded by the engine's own thread, while the first page is drawn
    from distributed import Client, Future

logger = logging.getLogger(__name__)


# As many workers may die on a run as Dask allows a task.
MOST_LOSSES = 3


class WorkersGone(RuntimeError):
    """All workers that could train a run went, several times."""


@dataclass
class _InHand:
    """A run that the workers have, and what will come of it.

    Attributes:
        run: what was handed out.
        workers: the addresses of those that may take it; all that have room for its kind if empty.
        future: Dask's.
    """

    run: Waiting
    workers: frozenset[str]
    future: "Future"


class Dispatch:
    """The runs of this app process that wait or train. Safe to use from several threads.

    Runs are let in by `admission`, so that the workers' own queue, which knows no visitors, stays
    empty.

    Args:
        lost: called with a run's id and the error, when its task could not say how it ended.
    """

    def __init__(self, lost: Callable[[str, BaseException], None]) -> None:
        self._lost = lost
        self._client: Client | None = None
        self._status = ClusterStatus("starting")
        self._waiting: dict[str, Waiting] = {}
        self._in_hand: dict[str, _InHand] = {}
        self._preferred: dict[str, str] = {}
        self._left_alone: Counter[str] = Counter()
        self._lock = threading.RLock()

    # --- what the engine does ---------------------------------------------------------------

    def connect(self, client: "Client") -> None:
        """Hand out through `client` from now on."""
        with self._lock:
            self._client = client

    def disconnect(self) -> None:
        """The workers are gone: what they had waits again, in the order in which it came."""
        with self._lock:
            self._client = None
            self._status = ClusterStatus("starting")  # nobody is let in before the next look
            had = {run_id: held.run for run_id, held in self._in_hand.items()}
            self._waiting = {**had, **self._waiting}
            self._in_hand.clear()
            self._preferred.clear()

    def look(self, status: ClusterStatus) -> None:
        """Take back what is done and let in what there is room for; to be called every second."""
        self._status = status
        self._reap()
        self._take_back_forgotten()
        self._take_back_from_nobody()
        self._let_in()

    def add(self, run: Waiting) -> None:
        """Queue a run; it is handed out at once if there is room."""
        with self._lock:
            self._waiting[run.run_id] = run
        self._let_in()

    def remove(self, run_id: str) -> None:
        """Forget a run; its task is not begun, if it was not yet."""
        with self._lock:
            self._waiting.pop(run_id, None)
            held = self._in_hand.pop(run_id, None)
            self._left_alone.pop(run_id, None)
        if held is not None:
            held.future.cancel()

    def prefer(self, run_id: str, worker: str) -> None:
        """When this run is handed out again, rather to that worker."""
        self._preferred[run_id] = worker

    def knows(self, run_id: str) -> bool:
        """Whether the run waits here or is in the workers' hands."""
        return run_id in self._waiting or run_id in self._in_hand

    def in_hand(self) -> list[str]:
        """The runs that the workers have."""
        with self._lock:
            return list(self._in_hand)

    # --- inside -----------------------------------------------------------------------------

    def _let_in(self) -> None:
        with self._lock:
            if self._client is None:
                return
            chosen = admitted(
                list(self._waiting.values()),
                Inside.of(held.run for held in self._in_hand.values()),
                self._status.room,
                settings.runs_at_once(),
            )
            for run in chosen:
                self._in_hand[run.run_id] = self._submit(self._client, run)
                del self._waiting[run.run_id]

    def _submit(self, client: "Client", run: Waiting) -> _InHand:
        workers = self._rather(run)
        future = client.submit(
            train_run.train_run,
            run.run_id,
            pure=False,
            resources={run.kind: run.room},
            fifo_timeout="0 ms",  # who came first is first, even if by a hair
            workers=sorted(workers) or None,
        )
        future.add_done_callback(lambda _: self._next())  # in a thread of Dask's
        return _InHand(run, workers, future)

    def _next(self) -> None:
        """A run has ended: another may take its place at once."""
        self._reap()
        self._let_in()

    def _rather(self, run: Waiting) -> frozenset[str]:
        """A worker that is warm rather than one that still loads TensorFlow.

        Only those, until `_take_back_from_nobody` sees that they are gone. Dask's own way to say
        "rather" (`allow_other_workers`) then takes any worker there is, also one that trains runs
        of another kind: its resources are forgotten with the rest, and the run never begins.
        """
        preferred = self._preferred.pop(run.run_id, None)
        return frozenset([preferred] if preferred else self._status.warm_of(run.kind))

    def _take_back_forgotten(self) -> None:
        """Runs that no scheduler knows any more wait again.

        A client that loses its scheduler cancels what it had asked for and connects to the one
        that is started in its place, so quickly at times that nobody notices. It is asked between
        two looks whether it is connected, which is why this is not done in a thread of Dask's.
        """
        with self._lock:
            forgotten = {
                run_id: held.run
                for run_id, held in self._in_hand.items()
                if held.future.status in ("cancelled", "lost")
            }
            for run_id in forgotten:
                del self._in_hand[run_id]
            self._waiting = {**forgotten, **self._waiting}

    def _take_back_from_nobody(self) -> None:
        """Runs whose workers have all gone wait again, for others or for those in their place.

        As with Dask's own count, a run that outlives its workers too often is lost.
        """
        with self._lock:
            left = {key: held for key, held in self._in_hand.items() if self._is_left(held)}
            for run_id in left:
                del self._in_hand[run_id]
                self._left_alone[run_id] += 1
            waiting = {
                key: held.run for key, held in left.items() if self._left_alone[key] <= MOST_LOSSES
            }
            self._waiting = {**waiting, **self._waiting}
        for run_id, held in left.items():
            held.future.cancel()
            if run_id not in waiting:
                self._left_alone.pop(run_id, None)  # Resume begins anew
                self._lost(run_id, WorkersGone())

    def _is_left(self, held: _InHand) -> bool:
        there = {worker.address for worker in self._status.of(held.run.kind)}
        return held.workers.isdisjoint(there) if held.workers else not there

    def _reap(self) -> None:
        """Forget the tasks that are done; tell what became of those that failed.

        What was cancelled because the scheduler is gone stays in hand, until it is taken back.
        """
        with self._lock:
            done = {
                run_id: held
                for run_id, held in self._in_hand.items()
                if held.future.status in ("finished", "error")
            }
            for run_id in done:
                del self._in_hand[run_id]
                self._left_alone.pop(run_id, None)
        for run_id, held in done.items():
            if held.future.status == "error":
                self._lost(run_id, held.future.exception())
            elif held.future.status == "finished" and held.future.result() == train_run.LEFT:
                with self._lock:  # first in line: it was training already
                    self._waiting = {run_id: held.run, **self._waiting}
