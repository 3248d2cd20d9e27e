"""The engine: starts workers in the background, hands them work, replaces what dies."""

import dataclasses
import logging
import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

from nnlab import settings
from nnlab.check import check
from nnlab.experiment import Change, Experiment
from nnlab.rooms.rooms import Rooms
from nnlab.runs.challenges import Challenges
from nnlab.runs.drafts import Drafts
from nnlab.runs.drawings import Drawings
from nnlab.runs.feed import Feed, delete_feed
from nnlab.runs.files import RunFiles
from nnlab.runs.frames import delete_frame
from nnlab.runs.leases import Leases
from nnlab.runs.own_data import OwnData
from nnlab.runs.run import Run
from nnlab.runs.states import RESUMABLE, RunState
from nnlab.runs.steering import Steering
from nnlab.runs.store import RunStore
from nnlab.work.admission import Waiting
from nnlab.work.balance import Balance
from nnlab.work.crowd import Crowd
from nnlab.work.dispatch import Dispatch, WorkersGone
from nnlab.work.failures import failure_message
from nnlab.work.farewell import leave_off
from nnlab.work.heartbeat import Heartbeat
from nnlab.work.identity import engine_identity
from nnlab.work.limits import check_limits
from nnlab.work.lineage import check_lineage
from nnlab.work.load import InQueue, Load, LoadHistory, workers_with_runs
from nnlab.work.outlook import Outlook
from nnlab.work.ready_made import ReadyMade
from nnlab.work.short_tasks import ShortTasks, WorkersNotReady
from nnlab.work.slots import LARGE, SMALL, Kind, is_large, room_of
from nnlab.work.status import ClusterStatus
from nnlab.work.steering import check_changes, check_speed, stands_at
from nnlab.work.sweeps import Sweeping

if TYPE_CHECKING:  # Dask is loaded by the engine's own thread, while the first page is drawn
    from distributed import Client

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
        self.own_data = OwnData(self.store.engine)
        self._own: OwnCluster | None = None
        self._client: Client | None = None
        self._status = ClusterStatus("starting")
        self.leases = Leases(self.store.engine)
        self.steering = Steering(self.store.engine)
        self._dispatch = Dispatch(self._lost)
        self._balance = Balance(self.leases, self._dispatch)
        self._crowd = Crowd()
        self._held: dict[str, list[str]] = {}
        self._history = LoadHistory()
        self._unsaved: dict[str, str] = {}
        self._closing = threading.Event()
        self._pause_before = 0.0
        self._large_threads = settings.large_worker_threads()
        self._large_expected = False
        self._ready_made = ReadyMade(self)
        self._heartbeat = Heartbeat(self)
        self.sweeping = Sweeping(self)
        self._lock = threading.RLock()
        self._tidy_at = 0.0
        self._thread = threading.Thread(target=self._run, daemon=True, name="engine")

    # --- life -----------------------------------------------------------------------------

    def start(self, after: float = 0.0) -> "Engine":
        """Begin to start workers `after` seconds from now; returns at once."""
        self._heartbeat.start()
        self._pause_before = after
        self._thread.start()
        self.sweeping.start()
        return self

    def close(self) -> None:
        """End the workers. Active runs can be resumed from where they are then."""
        self._closing.set()
        self.sweeping.close()
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
        if self._kind(experiment) == LARGE:
            self._large_expected = True

    def train(
        self,
        experiment: Experiment,
        owner: str,
        run_id: str | None = None,
        *,
        until_step: int | None = None,
        speed: float | None = None,
    ) -> str:
        """Queue a new run; returns its id, `run_id` where one is given.

        Args:
            experiment: what is to be trained.
            owner: whose it is.
            run_id: for a run of which there must not be two.
            until_step: it pauses when so many steps are done; 0 before the first.
            speed: as `steer` takes it.

        Raises:
            ValueError: a speed or a step that is not allowed.
            InvalidExperiment: it cannot be trained, or not on this server or by this owner now.
            StartNotFound: it is to go on from a run that is not the owner's or has no network.
            DatasetError: it is to learn from drawings, or from points of the owner's own, that
                are not kept here.
            IntegrityError: there is a run with this `run_id`.
        """
        check_speed(speed)
        check_limits(experiment, check(experiment), owner, self.store)
        check_lineage(experiment, owner, self.store)
        run_id = self.store.create(experiment, owner, self.identity, run_id)
        if until_step is not None or speed is not None:
            self.steering.set(run_id, until_step=until_step, speed=speed)
        Feed(run_id, owner).add()
        self._queue(run_id, owner, experiment)
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
        """Take up a paused, interrupted or failed run where it was left, to go on to its end."""
        run = self.store.get(run_id, owner)
        if run.state in RESUMABLE:
            self.steering.set(run_id, until_step=None)
            self._requeue(run)

    def steer(self, run_id: str, owner: str, speed: float | None) -> None:
        """How fast a run goes: epochs a second at most, None for as fast as it can.

        Heard within a fifth of a second where it trains, and kept for when it is taken up again.

        Raises:
            RunNotFound: no such run of this owner.
            ValueError: a speed that is not from 0.01 to 1,000.
        """
        check_speed(speed)
        self.steering.set(self.store.get(run_id, owner).id, speed=speed)

    def step(self, run_id: str, owner: str, steps: int) -> None:
        """Take up a run that is paused, for so many steps; then it is paused again.

        Returns at once. A run that makes such steps just now makes so many more. Nothing happens to
        one that trains to its end, or has ended.

        Raises:
            RunNotFound: no such run of this owner.
            ValueError: not a step at least.
        """
        if steps < 1:
            raise ValueError(f"steps must be 1 or more (got {steps})")
        run = self.store.get(run_id, owner)
        if run.state in RESUMABLE:
            self.steering.set(run_id, until_step=stands_at(run) + steps)
            self._requeue(run)
        elif run.active and self.steering.further(run_id, steps) is not None:
            now = self.store.get(run_id, owner)
            if now.state == RunState.PAUSED:  # a moment too early to have heard of it
                self._requeue(now)

    def change(self, run_id: str, owner: str, changes: Sequence[Change]) -> None:
        """Change settings or weights of a run from its next step on, whether it trains or not.

        The run's experiment has the changes, each with the step after which it was made, as soon as
        they are: at once where it is paused, a fraction of a second later where it trains.

        Args:
            run_id: the run.
            owner: whose it is.
            changes: in the order in which they are made; their steps do not matter.

        Raises:
            RunNotFound: no such run of this owner.
            InvalidExperiment: the run has ended, a change does not fit its network or its
                schedule, or there are too many.
        """
        run = self.store.get(run_id, owner)
        check_changes(run, [*self.steering.waiting(run_id), *changes])
        self.steering.add(run_id, changes)
        self.steering.settle(run_id)  # where it is paused; else the worker does

    def knows(self, run_id: str) -> bool:
        """Whether a run waits here, is in the workers' hands, or has failed and cannot say so."""
        return self._dispatch.knows(run_id) or run_id in self._unsaved

    def take_over(self, run: Run) -> None:
        """Hand out a run that is this process's by now: of one that died, or lost on its way."""
        self._queue(run.id, run.owner, run.experiment)

    def delete(self, run_id: str, owner: str) -> None:
        """Remove a run that is not active, files included.

        Raises:
            RunNotFound: no such run of this owner, or it is active.
        """
        dataset = self.store.get(run_id, owner).experiment.dataset
        self.store.delete(run_id, owner)
        RunFiles(run_id).delete()
        for own in (dataset.own, dataset.own_images):
            if own is not None:
                self.own_data.forget_unused(own.id)
        delete_feed(run_id, owner)
        delete_frame(run_id, owner)

    def run(self, run_id: str, owner: str | None = None) -> Run:
        """The run as it stands; a failure that could not be written down is added."""
        run = self.store.get(run_id, owner)
        unsaved = self._unsaved.get(run_id)
        if unsaved and run.active:
            return dataclasses.replace(run, state=RunState.FAILED, message=unsaved)
        return run

    def outlook(self, run: Run) -> Outlook:
        """What a page tells of a run's place and the time it has left; costs no query."""
        return self._crowd.outlook(run, self.status)

    def load(self) -> Load:
        """How busy the workers are; costs no query."""
        crowd, status = self._crowd, self._status
        queue = [InQueue(run, *crowd.place(run, status)) for run in crowd.waiting]
        queue.sort(key=lambda place: place.position or 0)
        workers = workers_with_runs(status, self._held)
        return Load(workers, crowd.training, queue, self._history.moments())

    def waits_for_large(self, experiment: Experiment) -> bool:
        """Whether it can only start when the worker for large networks has loaded TensorFlow."""
        return self._kind(experiment) == LARGE and self.status.large != "ready"

    # --- inside ---------------------------------------------------------------------------

    def _ask(self, run: Run, signal: Any, if_queued: RunState) -> None:
        if run.state == RunState.QUEUED:
            checkpoint = RunFiles(run.id).read_checkpoint()
            if signal == "stop" and checkpoint is not None:
                self.store.request(run.id, signal)
                return
            message = "Stopped before its first epoch." if signal == "stop" else None
            at = stands_at(run)  # before the move: what its last worker told may be later steps
            if self.store.move(run.id, if_queued, message=message) and at < run.step:
                self.store.rewind(run.id, at // (run.steps_per_epoch or 1), at)
            self._dispatch.remove(run.id)
        elif run.state == RunState.RUNNING:
            self.store.request(run.id, signal)

    def _requeue(self, run: Run, requested: Any = None) -> None:
        self._unsaved.pop(run.id, None)
        if self.store.move(run.id, RunState.QUEUED, engine=self.identity, message=None):
            self.store.set(run.id, requested=requested, finished_at=None)
            self._queue(run.id, run.owner, run.experiment)

    def _queue(self, run_id: str, owner: str, experiment: Experiment) -> None:
        self.expect(experiment)
        kind = self._kind(experiment)
        self._dispatch.add(Waiting(run_id, owner, kind, room_of(experiment)))

    def _kind(self, experiment: Experiment) -> Kind:
        return LARGE if self._has_large() and is_large(experiment) else SMALL

    def _has_large(self) -> bool:
        """Whether large networks have a worker; one of our own is started when it is needed."""
        if settings.scheduler_address() is None:
            return self._large_threads > 1
        return self.status.large != "none"

    def _lost(self, run_id: str, error: BaseException) -> None:
        """The task could not say itself how it ended: its workers died, or the disk is full."""
        from distributed import KilledWorker

        worker_lost = isinstance(error, KilledWorker | WorkersGone)
        text = WORKER_LOST if worker_lost else failure_message(error)
        logger.error("run %s was lost", run_id, exc_info=error)
        try:
            self.store.move(run_id, RunState.FAILED, message=text)
        except Exception:
            logger.exception("the end of run %s could not be stored", run_id)
            self._unsaved[run_id] = text

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
            Rooms(self.store).forget_old()
        except SQLAlchemyError:
            logger.warning("old rounds and rooms could not be deleted", exc_info=True)

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
        self._dispatch.connect(client)

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
        self._dispatch.look(self._status)
        self._count()
        if self._status.phase == "ready":
            self._balance.look(self._status, self._held)
            self._ready_made.look()

    def _count(self) -> None:
        """Everybody's runs and who has them, once for all pages that tell of it."""
        self._crowd = Crowd(self.store.active_runs(), self._kind)
        self._held = self.leases.of_workers()
        self._history.note(len(self._crowd.training), len(self._crowd.waiting))

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
        self._dispatch.disconnect()
        return client, own


def _close(part: "Client | OwnCluster") -> None:
    try:
        part.close()
    except Exception:
        logger.exception("closing %s", part)
