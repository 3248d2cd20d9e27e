"""How surely the playground's first network learns, and that every mission can be solved.

`python -m benchmarks.missions`: real trainings on one core, as in a worker. First the network that
the playground begins with, for ten seeds of the training and ten of the points; then each mission,
by the runs of `SOLUTIONS` one after the other, with the verdict after each.
"""

import os
import time
from typing import Any

from nnlab.datasets import load_splits
from nnlab.experiment import Experiment, with_settings
from nnlab.missions import MISSIONS, PLAYGROUND, RunFacts
from nnlab.runs.states import RunState

RATE = "training.optimizer.learning_rate"
Changes = dict[str, Any]


def _activation(name: str, layers: int) -> Changes:
    return {f"layers.{number}.activation": name for number in range(layers)}


def _dense(activation: str, *units: int) -> Changes:
    return {"layers": [{"type": "Dense", "units": n, "activation": activation} for n in units]}


# What is changed in a mission's experiment, for each run one after the other.
SOLUTIONS: dict[str, tuple[Changes, ...]] = {
    "blobs": ({"layers": []},),
    "xor": ({}, {"dataset.points.features": ["xy"]}),
    "circle": ({}, {"dataset.points.features": ["x2", "y2"]}),
    "linear": ({}, _activation("relu", 2)),
    "spiral": (_dense("gelu", 2, 2, 2, 2, 12), _dense("gelu", 20), _dense("gelu", 10, 10)),
    "learning-rate": ({}, {RATE: 0.1}, {RATE: 10.0}, {RATE: 1.0}, {RATE: 3.0}),
    "vanishing": ({}, _activation("tanh", 6)),
    "overfitting": ({}, _dense("relu", 8, 8), _dense("relu", 8, 8) | {"training.l2": 0.1}),
    "more-units": ({}, _dense("relu", 16, 16), {"dataset.points.count": 1000}),
    "imbalance": ({}, {"dataset.points.balance": 1.0}),
}


class _Reporter:
    """Hears of everything and asks for nothing."""

    def point(self, point: object) -> None:
        pass

    def epoch(self, record: object) -> None:
        pass

    def checkpoint(self, checkpoint: object, *, best: bool = False) -> None:
        pass

    def moment(self, moment: object) -> None:
        pass

    def requested(self) -> None:
        return None


def facts_of(experiment: Experiment) -> RunFacts:
    """A real training in this process, as a mission is told of it."""
    from nnlab.analysis.evaluation import per_class
    from nnlab.training.evaluate import evaluate
    from nnlab.training.fit import fit
    from nnlab.training.workshop import compiled_network

    splits = load_splits(experiment.dataset)
    with compiled_network(experiment, splits) as compiled:
        fitted = fit(experiment, splits, _Reporter(), compiled=compiled)
        result = evaluate(compiled, splits)
    recalls = per_class(result.probabilities, splits.y_test).recall
    history = fitted.checkpoint.history
    ended = RunState.FINISHED
    return RunFacts(experiment, ended, history, result.accuracy, tuple(map(float, recalls)))


def first_network() -> None:
    """Test accuracy and seconds for ten seeds of the training, and ten of the points."""
    for path in ("training.seed", "dataset.points.seed"):
        found, seconds = [], []
        for seed in range(10):
            began = time.process_time()
            found.append(facts_of(with_settings(PLAYGROUND, {path: seed})).test or 0.0)
            seconds.append(time.process_time() - began)
        reached = sum(share >= 0.97 for share in found)
        shares = " ".join(f"{share:.2f}" for share in found)
        longest, shortest = max(seconds), min(seconds)
        print(f"{path} 0 to 9: {shares}; {reached} of 10 reach 97 %", flush=True)
        print(
            f"  {shortest:.1f} to {longest:.1f} s of one core, the first with tracing", flush=True
        )


def solve(name: str) -> None:
    """The runs of a mission's solution, and what the mission says after each."""
    mission, runs = MISSIONS[name], []
    print(f"{name}: {mission.title}")
    for changes in SOLUTIONS[name]:
        runs.append(facts_of(with_settings(mission.experiment, changes)))
        verdict = mission.check(runs)
        print(f"  {'passed' if verdict.passed else 'open'}: {verdict.words}", flush=True)


def main() -> None:
    """All of it."""
    os.environ["TF_NUM_INTRAOP_THREADS"] = os.environ["TF_NUM_INTEROP_THREADS"] = "1"
    first_network()
    for name in MISSIONS:
        solve(name)


if __name__ == "__main__":
    main()
