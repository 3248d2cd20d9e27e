"""What recording costs a training: time as a ratio, and bytes a run.

`python -m benchmarks.recording --data FOLDER [--rounds 5]`; FOLDER holds `mnist.npz`. Each recipe
is trained with recording and without in turn, by the function that a worker runs, store and files
included. One core, as in a worker.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from nnlab import settings
from nnlab.experiment import Experiment
from nnlab.recipes import RECIPES
from nnlab.runs.moments import Moments
from nnlab.runs.store import RunStore

NETWORKS: dict[str, Callable[[], Experiment]] = {
    "e-beginner-notebook (5 epochs)": lambda: RECIPES["e-beginner-notebook"].experiment,
    "the same, 1 epoch": lambda: _epochs("e-beginner-notebook", 1),
    "the same, 20 epochs": lambda: _epochs("e-beginner-notebook", 20),
    "handwriting-ready, 1 epoch": lambda: _epochs("handwriting-ready", 1),
}


def _epochs(recipe: str, epochs: int) -> Experiment:
    experiment = RECIPES[recipe].experiment
    training = experiment.training.model_copy(update={"epochs": epochs})
    return experiment.model_copy(update={"training": training})


def train(experiment: Experiment, recorded_mb: int) -> tuple[float, str]:
    """Seconds, and the run."""
    from nnlab.work.train_run import train_run

    os.environ["NNLAB_RECORDED_MB"] = str(recorded_mb)
    run_id = RunStore(settings.database_url()).create(experiment, "benchmark", "benchmark")
    began = time.perf_counter()
    train_run(run_id)
    return time.perf_counter() - began, run_id


def measured(experiment: Experiment, rounds: int) -> str:
    """A row of the table."""
    train(experiment, 0)  # traces
    train(experiment, 20)
    plain, recorded, run_id = [], [], ""
    for _ in range(rounds):
        plain.append(train(experiment, 0)[0])
        seconds, run_id = train(experiment, 20)
        recorded.append(seconds)
    moments = Moments(run_id)
    size = sum(path.stat().st_size for path in moments.folder.glob("*.npz"))
    answered = len(moments.read(0).y_true)
    ratio = statistics.median(b / a for a, b in zip(plain, recorded, strict=True))
    return (
        f"| {len(moments.steps())} | {answered:,} | {size / 1e6:.1f} |"
        f" {statistics.median(plain):.2f} | {statistics.median(recorded):.2f} | {ratio:.3f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="folder with mnist.npz")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    os.environ |= {"NNLAB_DATA_DIR": str(Path(options.data).resolve()), "NNLAB_WORKER_THREADS": "1"}
    with tempfile.TemporaryDirectory() as home:
        os.environ["NNLAB_HOME"] = home
        print("| | moments | answers each | MB | without, s | with, s | ratio |")
        print("|---|---|---|---|---|---|---|")
        for name, make in NETWORKS.items():
            print(f"| {name} {measured(make(), options.rounds)}", flush=True)


if __name__ == "__main__":
    main()
