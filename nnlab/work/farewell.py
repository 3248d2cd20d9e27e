"""The app ends in good order: its workers write down where its runs are before they end too.

A cluster's workers live on, and so do the runs there: another app process takes them over.
"""

import logging
import time
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from nnlab import settings
from nnlab.runs.run import Run
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore

if TYPE_CHECKING:
    from nnlab.work.engine import Engine

logger = logging.getLogger(__name__)

# Whoever sends SIGTERM often sends SIGKILL ten seconds later; ending the workers takes two.
PATIENCE_SECONDS = 6.0
LOOK_EVERY_SECONDS = 0.1
CLOSED = "The app was closed while this run was training. Resume goes on from exactly where it was."
CLOSED_BEFORE = "The app was closed while this run was waiting. Resume starts it."


def leave_off(engine: "Engine", patience: float = PATIENCE_SECONDS) -> None:
    """Have the engine's runs write a checkpoint and leave, and mark them as interrupted.

    Runs that do not leave in time go on from their last whole epoch after the next start.
    """
    if settings.scheduler_address() is not None:
        return
    try:
        _leave_off(engine.store, engine.identity, time.monotonic() + patience)
    except SQLAlchemyError:
        logger.warning("runs could not be asked to leave off", exc_info=True)


def _leave_off(store: RunStore, identity: str, until: float) -> None:
    active = _active(store, identity)
    running = [run for run in active if run.state == RunState.RUNNING]
    for run in active:
        if run.state == RunState.QUEUED:
            store.move(run.id, RunState.INTERRUPTED, message=CLOSED_BEFORE)
        elif run.requested is None:
            store.request(run.id, "pause")
    while _active(store, identity) and time.monotonic() < until:
        time.sleep(LOOK_EVERY_SECONDS)
    for run in running:
        # Who had asked for a pause before gets one; all others did not ask.
        if run.requested is None and store.get(run.id).state == RunState.PAUSED:
            store.move(run.id, RunState.INTERRUPTED, message=CLOSED)


def _active(store: RunStore, identity: str) -> list[Run]:
    return [run for run in store.active_runs() if run.engine == identity]
