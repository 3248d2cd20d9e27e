"""Sweeps are carried out here: the next trial is begun when one ends, by one app process.

All that decides is in the store: which trials were begun, and what their runs have shown. So a
reload changes nothing, and after a restart any process goes on where the last one stopped. A worker
that dies is the engine's affair; the trial's run goes on. A trial that its owner pauses gives its
place to the next one, and a sweep that has no other left ends; resumed, the trial still fills its
row.
"""

import logging
import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from nnlab import settings
from nnlab.datasets import DatasetError
from nnlab.experiment import Experiment, InvalidExperiment
from nnlab.logs import event
from nnlab.rooms.room import RoomRefused
from nnlab.rooms.rooms import Rooms
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.sweeps import KeptSweep, KeptTrial, Sweeps, SweepState
from nnlab.sweep import (
    Sweep,
    check_sweep,
    experiment_of,
    hopeless,
    in_words,
    next_settings,
    parse_sweep,
)
from nnlab.work.ended_epochs import EndedEpochs
from nnlab.work.limits import size_problems
from nnlab.work.lineage import check_lineage
from nnlab.work.sweep_trials import TrialNow, trials_now, trials_of

if TYPE_CHECKING:
    from nnlab.work.engine import Engine

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 1.0
PATIENCE_SECONDS = 2.0  # of ten that a process has that is asked to end
_WAIT, _FULL = "runs at once", "stored runs"
TROUBLE = (
    "This sweep cannot go on just now ({}). It is tried again every second; what is done is kept. "
    "If this stays, stop it, and tell whoever runs this server."
)


class Sweeping:
    """One an engine, in a thread of its own: choosing a trial may take a second."""

    def __init__(self, engine: "Engine") -> None:
        self._engine = engine
        self.sweeps = Sweeps(engine.store.engine)
        self._rooms = Rooms(engine.store)
        self._ended = EndedEpochs(engine.store)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True, name="sweeps")

    # --- for pages ------------------------------------------------------------------------

    def check(self, sweep: Sweep) -> list[Experiment]:
        """The trials, or samples of them, of a sweep that can run on this server.

        Raises:
            InvalidExperiment: it, or a trial of it, cannot be trained here.
        """
        found = check_sweep(sweep)
        for experiment, architecture in found:
            problems = size_problems(experiment, architecture)
            if problems:
                raise in_words(InvalidExperiment(problems))
        return [experiment for experiment, _ in found]

    def begin(self, sweep: Sweep, owner: str, title: str, expectation: str) -> str:
        """Keep a sweep that is to run; its first trials are queued within a second.

        Raises:
            InvalidExperiment: it, or a trial of it, cannot be trained.
            StartNotFound, DatasetError: a trial needs a run, drawings, points or images that
                are not there, not the owner's, or do not fit it.
            SweepRefused: the owner has too many, or the expectation is too long.
        """
        for experiment in self.check(sweep):
            if experiment.needs_ones_own:
                check_lineage(experiment, owner, self._engine.store)
        sweep_id = self.sweeps.create(owner, title, sweep.model_dump(mode="json"), expectation)
        event("sweep begun", count=sweep.trials)
        return sweep_id

    def stop(self, sweep_id: str, owner: str) -> None:
        """Begin no more trials and stop those that train; what they have reached is kept.

        Raises:
            SweepNotFound: no such sweep of this owner.
        """
        kept = self.sweeps.get(sweep_id, owner)
        self.sweeps.end(kept.id, SweepState.STOPPED)
        for trial in self.sweeps.trials(sweep_id):
            self._stop_run(trial, owner)

    def trials(self, kept: KeptSweep) -> list[TrialNow]:
        """The trials of a sweep as they stand."""
        sweep = parse_sweep(kept.sweep)
        store = self._engine.store
        return trials_now(self.sweeps, store, self._ended, kept.id, kept.owner, sweep)

    # --- life -----------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to look after sweeps."""
        self._thread.start()

    def close(self) -> None:
        """Leave sweeps to the next process; call it before runs are interrupted."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join(timeout=PATIENCE_SECONDS)
            try:
                self.sweeps.release(self._engine.identity)
            except SQLAlchemyError:  # others take them when this process has been silent
                logger.warning("sweeps could not be released", exc_info=True)

    def _work(self) -> None:
        while not self._closing.wait(LOOK_EVERY_SECONDS):
            try:
                if self._engine.status.phase == "ready":
                    self.look()
            except Exception:
                logger.exception("sweeps could not be looked after")

    def look(self) -> None:
        """See to every sweep that is this process's; one in trouble does not hold up others."""
        if not self.sweeps.any_running():
            return
        for kept in self.sweeps.claim(self._engine.identity):
            try:
                self._look_at(kept)
            except Exception as error:
                self._tell_trouble(kept, error)

    # --- inside ---------------------------------------------------------------------------

    def _look_at(self, kept: KeptSweep) -> None:
        try:
            sweep = parse_sweep(kept.sweep)
        except InvalidExperiment as error:  # written by another version
            self.sweeps.end(kept.id, SweepState.STOPPED, str(error))
            return
        held = self._held_up(kept)
        if held is None:
            self._see_to(kept, sweep)
        if kept.message != held:
            self.sweeps.tell(kept.id, held)

    def _held_up(self, kept: KeptSweep) -> str | None:
        """Why no run of the owner's may be begun or taken up now."""
        try:
            self._rooms.check_start(kept.owner)
        except RoomRefused as error:
            return str(error)
        return None

    def _tell_trouble(self, kept: KeptSweep, error: Exception) -> None:
        """The owner is told; it is tried again at each look, and logged once."""
        text = TROUBLE.format(type(error).__name__)
        if kept.message == text:
            return
        logger.error("a sweep is in trouble", exc_info=error)
        try:
            self.sweeps.tell(kept.id, text)
        except SQLAlchemyError:
            logger.warning("the owner of a sweep could not be told", exc_info=True)

    def _see_to(self, kept: KeptSweep, sweep: Sweep) -> None:
        now = self.trials(kept)
        for each in now:
            self._mend(kept, sweep, each)
        if not self._begin_more(kept, sweep, now) and self.sweeps.end(kept.id, SweepState.FINISHED):
            event("sweep finished", count=len(now))
        # Last: what goes wrong in judging must not keep trials from beginning.
        for each in now:
            if each.in_hand and hopeless(sweep, each.trial, trials_of(now)):
                self._prune(kept, each)

    def _begin_more(self, kept: KeptSweep, sweep: Sweep, now: Sequence[TrialNow]) -> bool:
        """Begin as many as there is room for; False where none is left, begun or not."""
        while sum(each.takes_room for each in now) < self.at_once():
            chosen = next_settings(sweep, trials_of(now))
            if chosen is None:
                return any(each.takes_room for each in now)
            if self._closing.is_set() or not self._begin(kept, sweep, len(now), chosen):
                return True
            now = self.trials(kept)
        return True

    def _begin(self, kept: KeptSweep, sweep: Sweep, number: int, chosen: Mapping[str, Any]) -> bool:
        """Begin a trial; False where no more can be begun now."""
        if not self.sweeps.add_trial(kept.id, self._engine.identity, number, chosen):
            return False
        return self._queue(kept, sweep, self.sweeps.trials(kept.id)[-1])

    def at_once(self) -> int:
        """As many as have a worker each: more would only share it."""
        workers = self._engine.status.workers or self._engine.n_workers
        return max(1, min(workers, settings.runs_at_once(), settings.most_active_runs()))

    def _mend(self, kept: KeptSweep, sweep: Sweep, each: TrialNow) -> None:
        """What a restart left: a trial without its run, or a run that was interrupted."""
        if each.run is None and not each.kept.queued and each.kept.refused is None:
            self._queue(kept, sweep, each.kept)
        elif each.run is not None and each.run.state == RunState.INTERRUPTED:
            try:
                self._engine.resume(each.run.id, kept.owner)
            except RunNotFound:
                pass  # deleted in this moment
            except InvalidExperiment as error:
                self._refused(kept, each.kept, error)

    def _prune(self, kept: KeptSweep, each: TrialNow) -> None:
        self.sweeps.mark(kept.id, each.kept.number, pruned=True)
        self._stop_run(each.kept, kept.owner)

    def _queue(self, kept: KeptSweep, sweep: Sweep, trial: KeptTrial) -> bool:
        """Hand a trial's run to the engine; False where no more can be queued now."""
        try:
            experiment = experiment_of(sweep.experiment, trial.chosen)
            self._engine.train(experiment, kept.owner, run_id=trial.run_id)
        except IntegrityError:
            logger.info("trial %s has its run already", trial.run_id)
        except (InvalidExperiment, DatasetError, LookupError) as error:
            return self._refused(kept, trial, error)
        self.sweeps.mark(kept.id, trial.number, queued=True)
        if not self.sweeps.get(kept.id, kept.owner).running:  # it was stopped in this moment
            self._stop_run(trial, kept.owner)
            return False
        return True

    def _refused(self, kept: KeptSweep, trial: KeptTrial, error: Exception) -> bool:
        fields = {each.field for each in getattr(error, "problems", ())}
        if fields == {_WAIT}:
            return False  # tried again at the next look
        told = str(in_words(error) if isinstance(error, InvalidExperiment) else error)
        self.sweeps.mark(kept.id, trial.number, refused=told)
        if _FULL in fields:
            self.sweeps.end(kept.id, SweepState.STOPPED, told)
            return False
        return True

    def _stop_run(self, trial: KeptTrial, owner: str) -> None:
        try:
            run = self._engine.store.get(trial.run_id, owner)
            if run.active or run.state in (RunState.PAUSED, RunState.INTERRUPTED):
                self._engine.stop(run.id, owner)
        except RunNotFound:
            pass  # not queued yet, or deleted
