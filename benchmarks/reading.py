"""What an answer to one drawing costs, through the engine, warm: milliseconds, medians.

`python -m benchmarks.reading`

`predict` gives probabilities alone, `read` adds strangeness and the nearest training images,
`attribute` says why. The index is made once a run, in the background.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.service import OWNER, wait, warm_engine
from benchmarks.strangeness import NETWORKS
from nnlab.datasets import load_splits
from nnlab.experiment import Experiment, with_settings
from nnlab.work.engine import Engine

TURNS = 60
TURNS_ATTRIBUTING = 15


def figures(engine: Engine, experiment: Experiment) -> dict[str, float]:
    """Milliseconds of each call; seconds until the index is there."""
    run_id = engine.train(with_settings(experiment, {"training.epochs": 1}), OWNER)
    wait(engine, [run_id])
    splits = load_splits(experiment.dataset)
    image = splits.x_test[0] / np.float32(splits.info.scale)
    started = time.perf_counter()
    while not engine.prepare_reading(run_id, OWNER):
        time.sleep(0.05)
    seconds = time.perf_counter() - started
    one = image[np.newaxis]
    return {
        "index, seconds": seconds,
        "predict, ms": _median(lambda: engine.predict(run_id, one, OWNER), TURNS),
        "read, ms": _median(lambda: engine.read(run_id, one, OWNER), TURNS),
        "attribute, ms": _median(
            lambda: engine.attribute(run_id, image, 7, OWNER), TURNS_ATTRIBUTING
        ),
    }


def _median(call: Callable[[], Any], turns: int) -> float:
    """Of so many calls, after enough to warm every worker."""
    times = []
    for _ in range(turns + 10):
        started = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times[10:])


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    with warm_engine() as engine:
        for name, experiment in NETWORKS.items():
            found = figures(engine, experiment)
            print(f"{name}: " + ", ".join(f"{what} {value:.1f}" for what, value in found.items()))


if __name__ == "__main__":
    main()
