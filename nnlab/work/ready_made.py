"""The network that comes with the product: trained once, on first start, while nobody else trains.

It reads digits drawn by hand, so a newcomer can draw before having trained anything. Its run
belongs to the house. Nobody waits for it: it begins when the workers have had nothing to do for a
while, pauses as soon as somebody trains, and goes on afterwards.
"""

import functools
import logging
import time
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError

from nnlab import settings
from nnlab.datasets import status
from nnlab.recipes import HANDWRITING_READY, RECIPES
from nnlab.runs.run import HOUSE, Run, RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore

if TYPE_CHECKING:
    from nnlab.work.engine import Engine

logger = logging.getLogger(__name__)

# A newcomer's first click comes in this time and finds all workers free.
IDLE_SECONDS = 15.0


@functools.cache
def ready_made_id() -> str:
    """The run's id: the same in every app process, so there are never two of them."""
    return f"house-{RECIPES[HANDWRITING_READY].experiment.fingerprint()[:16]}"


def ready_made_run(store: RunStore) -> Run | None:
    """The run as it stands, None before it has begun."""
    try:
        return store.get(ready_made_id(), HOUSE)
    except RunNotFound:
        return None


def ready_made_awaited(store: RunStore) -> bool:
    """Whether it is learning, or will begin when the workers are free."""
    run = ready_made_run(store)
    if run is not None:
        return run.active or run.resumable
    return settings.trains_ready_made() and _images_are_here()


def _images_are_here() -> bool:
    return status(RECIPES[HANDWRITING_READY].experiment.dataset.name).state == "ready"


class ReadyMade:
    """Looked after by the engine's thread, a look a second until the network is there."""

    def __init__(self, engine: "Engine") -> None:
        self._engine = engine
        self._idle_since: float | None = None
        self._failed_before = False
        self._over = not settings.trains_ready_made()

    def look(self) -> None:
        """Begin, pause or resume the run, as the others' runs allow."""
        if self._over:
            return
        run = ready_made_run(self._engine.store)
        if run is not None and not (run.active or run.resumable):
            self._over = True
        elif self._others_train():
            self._idle_since = None
            if run is not None and run.active and run.requested is None:
                self._engine.pause(run.id, HOUSE)
        elif self._idle_for(IDLE_SECONDS):
            self._go_on(run)

    def _others_train(self) -> bool:
        return any(run.owner != HOUSE for run in self._engine.store.active_runs())

    def _idle_for(self, seconds: float) -> bool:
        if self._idle_since is None:
            self._idle_since = time.monotonic()
        return time.monotonic() - self._idle_since >= seconds

    def _go_on(self, run: Run | None) -> None:
        if run is None:
            self._begin()
        elif run.resumable:
            # One more try in each process: what failed may have been mended since.
            self._over = self._failed_before and run.state == RunState.FAILED
            self._failed_before = run.state == RunState.FAILED
            if not self._over:
                self._engine.resume(run.id, HOUSE)

    def _begin(self) -> None:
        if not _images_are_here():
            return  # they may come later
        experiment = RECIPES[HANDWRITING_READY].experiment
        try:
            self._engine.train(experiment, HOUSE, run_id=ready_made_id())
        except IntegrityError:
            logger.info("another app process trains the ready-made network")
