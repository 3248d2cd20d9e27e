"""The whole service: from submitting a run to its first point, and many runs at once."""

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.networks import NETWORKS
from nnlab.experiment import Experiment, with_settings
from nnlab.runs.states import RunState
from nnlab.work.engine import Engine

OWNER = "benchmark"
LOOK_EVERY_SECONDS = 0.005
TURNS = 5
CROWDS = (1, 2, 8, 30)
EPOCHS_IN_A_CROWD = 2


@contextmanager
def warm_engine() -> Iterator[Engine]:
    """An engine on a home of its own, all of its workers warm, nothing in the background."""
    with tempfile.TemporaryDirectory() as home:
        # All of a crowd share the workers.
        os.environ.update(NNLAB_HOME=home, NNLAB_READY_MADE="0", NNLAB_RUNS_AT_ONCE="100")
        engine = Engine().start()
        try:
            engine.wait_until_ready()
            while engine.status.ready < engine.status.workers:
                time.sleep(0.2)
            yield engine
        finally:
            engine.close()


def first_points(engine: Engine) -> dict[str, list[float]]:
    """Seconds from submitting to the first point, for a structure never seen and a seen one."""
    found: dict[str, list[float]] = {"new architecture": [], "seen architecture": []}
    for turn in range(TURNS):
        # Another number of units is another structure.
        new = with_settings(NETWORKS["784-128-10"], {"layers.1.units": 100 + turn})
        found["new architecture"].append(_first_point(engine, new))
        for worker in range(engine.n_workers):  # until each worker has seen it
            _first_point(engine, with_settings(new, {"training.seed": worker}))
        seen = with_settings(new, {"training.seed": 99})
        found["seen architecture"].append(_first_point(engine, seen))
    return found


def _first_point(engine: Engine, experiment: Experiment) -> float:
    started = time.perf_counter()
    run_id = engine.train(experiment, OWNER)
    while not engine.store.points(run_id):
        time.sleep(LOOK_EVERY_SECONDS)
    seconds = time.perf_counter() - started
    engine.stop(run_id, OWNER)
    wait(engine, [run_id])
    return seconds


def crowds(engine: Engine) -> dict[int, float]:
    """Seconds until the last of so many runs has finished, all submitted at once."""
    return {size: _crowd(engine, size) for size in CROWDS}


def _crowd(engine: Engine, size: int) -> float:
    started = time.perf_counter()
    runs = [engine.train(_of_a_crowd(seed), OWNER) for seed in range(size)]
    wait(engine, runs)
    return time.perf_counter() - started


def _of_a_crowd(seed: int) -> Experiment:
    changes = {"training.seed": seed, "training.epochs": EPOCHS_IN_A_CROWD}
    return with_settings(NETWORKS["784-128-10"], changes)


def wait(engine: Engine, runs: list[str]) -> None:
    """Until all of them have ended."""
    for run_id in runs:
        while engine.run(run_id).state in (RunState.QUEUED, RunState.RUNNING):
            time.sleep(0.02)


def table(points: dict[str, list[float]], seconds: dict[int, float], workers: int) -> list[str]:
    """Lines for a page. The ideal: the runs share the workers without a moment's loss."""
    lines = ["submit to first point: seconds", f"  {'':26} median    least"]
    for name, values in points.items():
        lines.append(f"  {name:26} {statistics.median(values):6.2f}  {min(values):7.2f}")
    lines += [
        f"runs of {EPOCHS_IN_A_CROWD} epochs at once, {workers} workers: seconds",
        f"  {'':26}  total    ideal  times ideal",
    ]
    for size, total in seconds.items():
        ideal = seconds[1] * max(1, size / workers)
        lines.append(f"  {size:<26} {total:6.1f}  {ideal:7.1f}  {total / ideal:11.2f}")
    return lines
