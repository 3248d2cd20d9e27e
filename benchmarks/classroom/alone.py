"""The same trainings without any sessions: one after another on each worker.

A process of its own, so that nothing of it is left when the class begins:
`python -m benchmarks.classroom.alone TRAININGS [--visitors NAME,NAME…]`, with `NNLAB_HOME` set.
Prints one line of JSON. Each visitor is left with a network to draw for.
"""

import argparse
import json
import shutil
import time
from collections.abc import Sequence

import numpy as np

from nnlab.experiment import Experiment, with_settings
from nnlab.recipes import RECIPES
from nnlab.runs.files import RunFiles
from nnlab.runs.run import Run
from nnlab.runs.states import RunState
from nnlab.work.engine import Engine

RECIPE = "e-beginner-notebook"
OWNER = "0" * 32
LOOK_EVERY_SECONDS = 0.02
INDEX_SECONDS = 60


def experiment(seed: int, **changes: object) -> Experiment:
    """The beginner recipe from this seed."""
    return with_settings(RECIPES[RECIPE].experiment, {"training.seed": seed, **changes})


def trainings(engine: Engine, experiments: Sequence[Experiment]) -> float:
    """Seconds for all of them, as many at a time as there are workers."""
    started = time.perf_counter()
    waiting, under_way = list(experiments), set[str]()
    while waiting or under_way:
        ended = {run_id for run_id in under_way if not engine.run(run_id).active}
        under_way -= ended
        while waiting and len(under_way) < engine.n_workers:
            under_way.add(engine.train(waiting.pop(), OWNER))
        time.sleep(LOOK_EVERY_SECONDS)
    return time.perf_counter() - started


def warm(engine: Engine) -> None:
    """Every worker has TensorFlow loaded and this network compiled."""
    engine.wait_until_ready()
    while engine.status.ready < engine.status.workers:
        time.sleep(0.2)
    short = {"training.epochs": 1}
    trainings(engine, [experiment(seed, **short) for seed in range(engine.n_workers)])


def give_networks(engine: Engine, visitors: Sequence[str]) -> None:
    """Each visitor has a run of an earlier day, with what a drawing is compared with."""
    source = next(run for run in engine.store.runs_of(OWNER) if run.state == RunState.FINISHED)
    end = time.monotonic() + INDEX_SECONDS
    while RunFiles(source.id).read_index() is None and time.monotonic() < end:
        engine.read(source.id, np.zeros((1, 28, 28), np.float32), OWNER)
        time.sleep(0.5)
    for visitor in visitors:
        _copy(engine, source, visitor)


def _copy(engine: Engine, source: Run, visitor: str) -> None:
    store = engine.store
    run_id = store.create(source.experiment, visitor, engine.identity)
    shutil.copytree(RunFiles(source.id).folder, RunFiles(run_id).folder)
    store.move(run_id, RunState.RUNNING)
    store.add_epochs(run_id, store.epochs(source.id))
    store.move(
        run_id,
        RunState.FINISHED,
        test_loss=source.test_loss,
        test_accuracy=source.test_accuracy,
        steps_per_epoch=source.steps_per_epoch,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trainings", type=int)
    parser.add_argument("--visitors", default="")
    options = parser.parse_args()
    engine = Engine().start()
    try:
        warm(engine)
        seconds = trainings(engine, [experiment(seed) for seed in range(options.trainings)])
        if options.visitors:
            give_networks(engine, options.visitors.split(","))
    finally:
        engine.close()
    print(json.dumps({"seconds": seconds, "workers": engine.n_workers}))


if __name__ == "__main__":
    main()
