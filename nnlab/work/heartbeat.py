"""Several app processes share the workers: each says that it lives, and the dead leave their runs.

A process on this host is looked up by its id. Another's heart beats in the store: as long as its
counter grows it lives, and when it has stood still for `NNLAB_ENGINE_SECONDS`, measured here, it
is dead. So the clocks of different hosts need not agree.

What becomes of a dead process's runs depends on the workers. Those of one's own died with it: its
runs are marked as interrupted and offered for Resume. Those of a shared cluster live on: its runs
are taken over by a living app process and go on from their last checkpoint.
"""

import logging
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

from nnlab import settings
from nnlab.logs import event
from nnlab.runs.engines import Engines, Pulse
from nnlab.runs.run import Run
from nnlab.runs.states import RunState
from nnlab.work.identity import is_of_this_host, lives_here

if TYPE_CHECKING:
    from nnlab.work.engine import Engine

logger = logging.getLogger(__name__)

INTERRUPTED = (
    "The app was closed while this run was training. Resume goes on from its last whole epoch."
)
BEATS = 4  # in the time after which a silent process is dead
_NEVER = Pulse(beats=0, ended=False)


class Silence:
    """Which app processes are dead, judged by their beats as they are seen from here."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._seen: dict[str, tuple[int, float]] = {}

    def dead(self, identities: Iterable[str], pulses: dict[str, Pulse]) -> set[str]:
        """Those that have ended, are gone from this host, or have been silent for too long."""
        return {each for each in identities if self._is_dead(each, pulses.get(each, _NEVER))}

    def _is_dead(self, identity: str, pulse: Pulse) -> bool:
        if not identity or pulse.ended:
            return True
        if is_of_this_host(identity):
            return not lives_here(identity)
        beats, since = self._seen.get(identity, (-1, 0.0))
        if pulse.beats != beats:
            since = time.monotonic()
            self._seen[identity] = (pulse.beats, since)
        return time.monotonic() - since >= self._seconds


class Heartbeat:
    """One an engine: its beat in a thread of its own, and a look after the dead and the lost.

    `start` and `close` go with the engine's; `look` is called by its thread once a second.
    """

    def __init__(self, engine: "Engine") -> None:
        self._engine = engine
        self._engines = Engines(engine.store.engine)
        self._every = settings.engine_seconds() / BEATS
        self._silence = Silence(settings.engine_seconds())
        self._look_at = 0.0
        self._told: dict[str, Any] = {}
        self._astray: set[str] = set()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True, name="heartbeat")

    def start(self) -> None:
        """Say that this process lives, and look who does not any more."""
        self._engines.beat(self._engine.identity)
        self._engines.forget_old()
        self._thread.start()
        self.look()

    def look(self) -> None:
        """Take over, or mark as interrupted, the runs of processes that have died.

        And hand out again those of this one that got lost.
        """
        if time.monotonic() < self._look_at:
            return
        self._look_at = time.monotonic() + self._every
        active = self._engine.store.active_runs()
        others = {run.engine or "" for run in active} - {self._engine.identity}
        dead = self._silence.dead(others, self._engines.pulses() if others else {})
        for run in active:
            if (run.engine or "") in dead:
                self._settle(run)
        self._pick_up([run for run in active if run.engine == self._engine.identity])

    def close(self) -> None:
        """This process ends in good order; others need not wait to take over its runs."""
        self._ended.set()
        self._thread.join(timeout=self._every)
        try:
            self._engines.end(self._engine.identity)
        except SQLAlchemyError:
            logger.warning("the end of this app process could not be stored", exc_info=True)

    def _pick_up(self, own: list[Run]) -> None:
        """Runs of this process that the workers do not have any more, as after a scheduler's end.

        Twice in a row: one that has just been stored is on its way to the workers.
        """
        astray = {run.id for run in own if not self._engine.knows(run.id)}
        lost, self._astray = astray & self._astray, astray
        for run in own:
            if run.id in lost:
                self._engine.take_over(run)

    def _settle(self, run: Run) -> None:
        store = self._engine.store
        if settings.scheduler_address() is None:
            store.move(run.id, RunState.INTERRUPTED, message=INTERRUPTED)
        elif store.adopt(run.id, run.engine, self._engine.identity):
            self._engine.take_over(run)

    def _work(self) -> None:
        while not self._ended.wait(self._every):
            try:
                self._engines.beat(self._engine.identity)
            except SQLAlchemyError:
                logger.warning("the database cannot be reached", exc_info=True)
            self._tell_workers()

    def _tell_workers(self) -> None:
        """To the log, when there are more workers or fewer, or more of them are ready."""
        status = self._engine.status
        now = {"workers": status.workers, "ready": status.ready, "phase": status.phase}
        if now != self._told:
            self._told = now
            event("workers", **now)
