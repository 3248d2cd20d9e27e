"""Experiments to interfere with, and ways to wait."""

import time
from collections.abc import Callable

import psutil

from nnlab.experiment import Dataset, Dense, Experiment, Flatten, Training
from nnlab.runs.run import Run
from nnlab.work.engine import Engine

OWNER = "tester"
WAIT_SECONDS = 120


def wait_for(condition: Callable[[], bool], seconds: float = WAIT_SECONDS) -> None:
    """Return when `condition` holds; fail when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def wait_for_end(engine: Engine, run_id: str) -> Run:
    """The run when it is no longer active."""
    wait_for(lambda: not engine.run(run_id).active)
    return engine.run(run_id)


def worker_processes(engine: Engine) -> list[psutil.Process]:
    """The processes that train, below their keepers."""
    assert engine._own is not None
    keepers = [w.process.pid for w in engine._own.cluster.workers.values()]
    return [child for pid in keepers for child in _children(pid) if _is_worker(child)]


def wait_for_all_workers(engine: Engine, killed: psutil.Process | None = None) -> None:
    """Return when each keeper has its worker again, the `killed` one replaced.

    As many as there are keepers: other tests may have called for the worker of large networks.
    """
    assert engine._own is not None
    workers = engine._own.cluster.workers
    wait_for(lambda: killed is None or not killed.is_running())
    wait_for(lambda: len(workers) >= 2 and len(worker_processes(engine)) == len(workers))


def _children(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children()
    except psutil.NoSuchProcess:
        return []


def _is_worker(process: psutil.Process) -> bool:
    try:
        return "spawn_main" in " ".join(process.cmdline())
    except psutil.Error:  # ended, or not yet buried
        return False


def quick(**training: object) -> Experiment:
    """A second of training."""
    return Experiment(
        name="Quick",
        dataset=Dataset(name="digits"),
        layers=(Flatten(), Dense(units=16)),
        training=Training(**{"epochs": 3, "seed": 1, **training}),  # type: ignore[arg-type]
    )


def long(**training: object) -> Experiment:
    """Long enough to be interfered with: 200 epochs of tiny batches."""
    return quick(**{"epochs": 200, "batch_size": 4, **training})
