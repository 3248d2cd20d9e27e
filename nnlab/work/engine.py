"""The engine: starts workers in the background, hands them work, replaces what dies."""

import dataclasses
import logging
import threading
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

from nnlab import settings
from nnlab.check import check
from nnlab.experiment import Experiment
from nnlab.runs.challenges import Challenges
from nnlab.runs.drafts import Drafts
from nnlab.runs.drawings import Drawings
from nnlab.runs.feed import Feed, delete_feed
from nnlab.runs.files import RunFiles
from nnlab.runs.run import Run
from nnlab.runs.states import RESUMABLE, RunState
from nnlab.runs.store import RunStore
from nnlab.work import tasks
from nnlab.work.failures import failure_message
from nnlab.work.farewell import leave_off
from nnlab.work.heartbeat import Heartbeat
from nnlab.work.identity import engine_identity
from nnlab.work.lineage import check_lineage
from nnlab.work.ready_made import ReadyMade
from nnlab.work.short_tasks import ShortTasks, WorkersNotReady
from nnlab.work.slots import LARGE, SMALL, Slot, is_large
from nnlab.work.status import ClusterStatus

if TYPE_CHECKING:  # Dask is loaded by the engine's own thread, while the first page is drawn
    from distributed import Client, Future

    from nnlab.work.cluster import OwnCluster

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 1.0
TIDY_EVERY_SECONDS = 1800.0
WORKER_LOST = (
    "Its worker process ended several times, perhaps for want of memory. Resume tries again."
)


class Engine(ShortTasks):
    """One a process. Everything that needs a worker goes through it; it is safe to share."""

    def __init__(self, n_workers: int | None = None) -> None:
        self.n_workers = n_workers or settings.worker_count()
        self.identity = engine_identity()
        self.store = RunStore(settings.database_url())
        self.drafts = Drafts(self.store.engine)
        self.challenges = Challenges(self.store.engine)
        self.drawings = Drawings(self.store.engine)
        self._own: OwnCluster | None = None
        self._client: Client | None = None
        self._status = ClusterStatus("starting")
        self._futures: dict[str, Future] = {}
        self._unsaved: dict[str, str] = {}
        self._closing = threading.Event()
        self._pause_before = 0.0
        self._large_threads = settings.large_worker_threads()
        self._large_expected = False
        self._ready_made = ReadyMade(self)
        self._heartbeat = Heartbeat(self)
        self._lock = threading.RLock()
        self._tidy_at = 0.0
        self._thread = threading.Thread(target=self._run, daemon=True, name="engine")

    # --- life -----------------------------------------------------------------------------

    def start(self, after: float = 0.0) -> "Engine":
        """Begin to start workers `after` seconds from now; returns at once."""
        self._heartbeat.start()
        self._pause_before = after
        self._thread.start()
        return self

    def close(self) -> None:
        """End the workers. Active runs can be resumed from where they are then."""
        self._closing.set()
        leave_off(self)
        self._thread.join(timeout=30)
        self._disconnect()
        self._heartbeat.close()

    @property
    def status(self) -> ClusterStatus:
        """The workers as they were a moment ago; costs nothing."""
        return self._status

    def wait_until_ready(self, timeout: float = 120) -> None:
        """Block until a worker can train.

        Raises:
            WorkersNotReady: after `timeout` seconds.
        """
        end = time.monotonic() + timeout
        while self.status.phase != "ready":
            if time.monotonic() > end or self.status.phase == "down":
                raise WorkersNotReady(self.status.message or "The workers did not start in time.")
            time.sleep(0.05)

    # --- training -------------------------------------------------------------------------

    def expect(self, experiment: Experiment) -> None:
        """A run of it may follow: the worker for large networks is started if it is one.

        It needs some ten seconds to load TensorFlow, which pass while the user looks around.
        """
        if self._slot(experiment) == LARGE:
            self._large_expected = True

    def train(self, experiment: Experiment, owner: str, run_id: str | None = None) -> str:
        """Queue a new run; returns its id, `run_id` where one is given.

        Raises:
            InvalidExperiment: it cannot be trained.
            StartNotFound: it is to go on from a run that is not the owner's or has no network.
            DatasetError: it is to learn from drawings that are not kept here.
            IntegrityError: there is a run with this `run_id`.
        """
        check(experiment)
        check_lineage(experiment, owner, self.store)
        run_id = self.store.create(experiment, owner, self.identity, run_id)
        Feed(run_id, owner).add()
        self._submit(run_id, experiment)
        return run_id

    def pause(self, run_id: str, owner: str) -> None:
        """Leave off after the current steps; a queued run is taken out of the queue."""
        self._ask(self.store.get(run_id, owner), "pause", RunState.PAUSED)

    def stop(self, run_id: str, owner: str) -> None:
        """End the run and keep the network as it is then."""
        run = self.store.get(run_id, owner)
        if run.state in (RunState.PAUSED, RunState.INTERRUPTED):
            self._requeue(run, requested="stop")
        else:
            self._ask(run, "stop", RunState.STOPPED)

    def resume(self, run_id: str, owner: str) -> None:
        """Take up a paused, interrupted or failed run where it was left."""
        run = self.store.get(run_id, owner)
        if run.state in RESUMABLE:
            self._requeue(run)

    def take_over(self, run: Run) -> None:
        """Go on with a run of another app process that is dead; it is this one's by now."""
        self._submit(run.id, run.experiment)

    def delete(self, run_id: str, owner: str) -> None:
        """Remove a run that is not active, files included.

        Raises:
            RunNotFound: no such run of this owner, or it is active.
        """
        self.store.delete(run_id, owner)
        RunFiles(run_id).delete()
        delete_feed(run_id, owner)

    def run(self, run_id: str, owner: str | None = None) -> Run:
        """The run as it stands; a failure that could not be written down is added."""
        run = self.store.get(run_id, owner)
        unsaved = self._unsaved.get(run_id)
        if unsaved and run.active:
            return dataclasses.replace(run, state=RunState.FAILED, message=unsaved)
        return run

    def queue_position(self, run_id: str) -> int | None:
        """0 for a run that finds a free worker, 1 for the next after those, None if not waiting."""
        active = self.store.active_runs()
        run = next((run for run in active if run.id == run_id), None)
        if run is None or run.state != RunState.QUEUED:
            return None
        slot = self._slot(run.experiment)
        rivals = [other for other in active if self._slot(other.experiment) == slot]
        waiting = [other.id for other in rivals if other.state == RunState.QUEUED]
        workers = 1 if slot == LARGE else self.status.workers
        free = workers - (len(rivals) - len(waiting))
        return max(0, waiting.index(run_id) + 1 - free)

    def waits_for_large(self, experiment: Experiment) -> bool:
        """Whether it can only start when the worker for large networks has loaded TensorFlow."""
        return self._slot(experiment) == LARGE and self.status.large != "ready"

    # --- inside ---------------------------------------------------------------------------

    def _ask(self, run: Run, signal: Any, if_queued: RunState) -> None:
        if run.state == RunState.QUEUED:
            checkpoint = RunFiles(run.id).read_checkpoint()
            if signal == "stop" and checkpoint is not None:
                self.store.request(run.id, signal)
                return
            message = "Stopped before its first epoch." if signal == "stop" else None
            self.store.move(run.id, if_queued, message=message)
            self._cancel(run.id)
        elif run.state == RunState.RUNNING:
            self.store.request(run.id, signal)

    def _requeue(self, run: Run, requested: Any = None) -> None:
        self._unsaved.pop(run.id, None)
        if self.store.move(run.id, RunState.QUEUED, engine=self.identity, message=None):
            self.store.set(run.id, requested=requested, finished_at=None)
            self._submit(run.id, run.experiment)

    def _submit(self, run_id: str, experiment: Experiment) -> None:
        """Hand a queued run to the workers, or leave it to `_connect` when there are none yet."""
        self.expect(experiment)
        with self._lock:
            if self._client is None:
                return
            slot = self._slot(experiment)
            self._futures[run_id] = self._client.submit(
                tasks.train_run,
                run_id,
                pure=False,
                resources=slot,
                fifo_timeout="0 ms",  # who came first is first, even if by a hair
                **self._preference(slot),
            )

    def _slot(self, experiment: Experiment) -> Slot:
        return LARGE if self._has_large() and is_large(experiment) else SMALL

    def _has_large(self) -> bool:
        """Whether large networks have a worker; one of our own is started when it is needed."""
        if settings.scheduler_address() is None:
            return self._large_threads > 1
        return self.status.large != "none"

    def _preference(self, slot: Slot) -> dict[str, Any]:
        """Rather an idle worker that is warm than one that still loads TensorFlow."""
        warm = self._status.warm
        if slot == LARGE or len(warm) <= len(self._futures):
            return {}
        return {"workers": list(warm), "allow_other_workers": True}

    def _reap(self) -> None:
        """Forget the tasks that are done; tell what became of those that failed."""
        with self._lock:
            done = {run_id: future for run_id, future in self._futures.items() if future.done()}
            for run_id in done:
                del self._futures[run_id]
        for run_id, future in done.items():
            if future.status == "error":
                self._lost(run_id, future.exception())

    def _lost(self, run_id: str, error: BaseException) -> None:
        """The task could not say itself how it ended: its workers died, or the disk is full."""
        from distributed import KilledWorker

        text = WORKER_LOST if isinstance(error, KilledWorker) else failure_message(error)
        logger.error("run %s was lost: %s", run_id, error)
        try:
            self.store.move(run_id, RunState.FAILED, message=text)
        except Exception:
            logger.exception("the end of run %s could not be stored", run_id)
            self._unsaved[run_id] = text

    def _cancel(self, run_id: str) -> None:
        with self._lock:
            future = self._futures.pop(run_id, None)
        if future is not None:
            future.cancel()

    def _run(self) -> None:
        """The engine's thread: connect, then look after the workers until the end."""
        self._closing.wait(self._pause_before)
        while not self._closing.is_set():
            self._tidy()
            try:
                self._heartbeat.look()
                if self._client is None:
                    self._connect()
                self._look()
            except Exception as error:
                logger.exception("the workers are in trouble; starting anew")
                self._status = ClusterStatus("starting", message=f"Workers start anew: {error}")
                self._abandon()
            self._closing.wait(LOOK_EVERY_SECONDS)

    def _tidy(self) -> None:
        """Now and then: delete what is kept for a set time only."""
        if time.monotonic() < self._tidy_at:
            return
        self._tidy_at = time.monotonic() + TIDY_EVERY_SECONDS
        try:
            self.challenges.forget_old()
        except SQLAlchemyError:
            logger.warning("old class rounds could not be deleted", exc_info=True)

    def _connect(self) -> None:
        from distributed import Client

        from nnlab.work.cluster import OwnCluster, status_of

        address = settings.scheduler_address()
        if address is None:
            self._own = OwnCluster(self.n_workers)
            address = self._own.address
        client = Client(address, timeout=15, set_as_default=False)
        with self._lock:
            self._client = client
        self._status = status_of(client, self._expected())
        for run in self.store.active_runs():
            if run.engine == self.identity and run.id not in self._futures:
                self._submit(run.id, run.experiment)

    def _look(self) -> None:
        from nnlab.work.cluster import status_of

        if self._own is not None:
            if not self._own.scheduler_is_alive():
                raise WorkersNotReady("the scheduler process has ended")
            self._own.mend()
            if self._large_expected:
                self._own.start_large(self._large_threads)
        assert self._client is not None
        self._status = status_of(self._client, self._expected())
        self._reap()
        if self._status.phase == "ready":
            self._ready_made.look()

    def _expected(self) -> int:
        return self.n_workers if self._own else 0

    def _abandon(self) -> None:
        """Give up a broken cluster without waiting for it."""
        client, own = self._forget()
        if own is not None:
            own.kill()
        for part in (client, own):
            if part is not None:
                threading.Thread(target=_close, args=(part,), daemon=True).start()

    def _disconnect(self) -> None:
        """End a cluster in good order."""
        for part in self._forget():
            if part is not None:
                _close(part)

    def _forget(self) -> "tuple[Client | None, OwnCluster | None]":
        with self._lock:
            client, self._client = self._client, None
            own, self._own = self._own, None
            self._futures.clear()
        return client, own


def _close(part: "Client | OwnCluster") -> None:
    try:
        part.close()
    except Exception:
        logger.exception("closing %s", part)
