"""Preloaded by workers: gets TensorFlow ready in the background and says when it is."""

import logging
import os
import threading
import time
from contextlib import suppress
from typing import Any

from nnlab.datasets import DatasetError, status
from nnlab.experiment import Experiment
from nnlab.logs import set_up as set_up_logs
from nnlab.recipes import FIRST_RECIPE, RECIPES
from nnlab.work.leaving import dask_teardown

__all__ = ["dask_setup", "dask_teardown", "ensure_warm"]

NICENESS = 5
METRIC = "nnlab"

logger = logging.getLogger(__name__)

_lock = threading.Lock()
_state: dict[str, Any] = {"ready": False, "seconds": 0.0, "error": ""}


def dask_setup(worker: Any) -> None:
    """Called by Dask when the worker starts; returns at once."""
    set_up_logs()
    os.nice(NICENESS)  # the pages answer before the next training step does
    worker.metrics[METRIC] = lambda _: dict(_state)
    threading.Thread(target=_quietly, daemon=True, name="warm-up").start()


def ensure_warm() -> None:
    """Return when TensorFlow is ready in this process; tasks call it first.

    TensorFlow must not be imported by two threads at once, hence the lock.
    """
    with _lock:
        if _state["ready"]:
            return
        started = time.perf_counter()
        from nnlab.training.warm_up import warm_up

        warm_up()
        _read_ahead()
        _state.update(ready=True, seconds=time.perf_counter() - started)


def _read_ahead() -> None:
    """The images that a newcomer trains on are read before they are asked for."""
    from nnlab.work.tasks import splits_of

    for dataset in (Experiment().dataset, RECIPES[FIRST_RECIPE].experiment.dataset):
        with suppress(DatasetError, OSError):
            if status(dataset.name).state == "ready":
                splits_of(dataset)


def _quietly() -> None:
    try:
        ensure_warm()
    except Exception as error:
        logger.exception("a worker cannot load TensorFlow")
        _state["error"] = f"{type(error).__name__}: {error}"
