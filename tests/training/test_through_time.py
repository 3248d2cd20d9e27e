"""Answers of a run's network at all its moments, against Keras's own `predict`."""

from typing import Any

import numpy as np
import pytest

from nnlab import settings
from nnlab.experiment import (
    BatchNormalization,
    Conv2D,
    Dataset,
    Dense,
    Dropout,
    Experiment,
    Flatten,
)
from nnlab.models.build import build_model
from nnlab.models.state import read_state
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.moments import Moment, Moments
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.work.through_time import through_time

STACKS = {
    "dense": (Flatten(), Dense(units=12), Dropout(rate=0.5), Dense(units=8, activation="tanh")),
    "convolutional": (Conv2D(filters=3), BatchNormalization(), Flatten(), Dense(units=6)),
}
IMAGES = np.random.default_rng(0).random((3, 8, 8), np.float32)
OWNER = "a" * 32


def network(experiment: Experiment, seed: int) -> tuple[dict[str, Any], np.ndarray]:
    """Random weights, and what Keras answers with them, (n, 10)."""
    model = build_model(experiment, (8, 8, 1), 10)
    lot = np.random.default_rng(seed)
    for variable in model.variables:
        if "seed" not in variable.path:
            variable.assign(np.abs(variable.numpy() + lot.normal(0, 0.3, variable.shape)))
    weights = {k: v for k, v in read_state(model).items() if k.startswith("model.")}
    return weights, model.predict(IMAGES[..., np.newaxis], verbose=0)


def moment(step: int, weights: dict[str, Any] | None) -> Moment:
    return Moment(
        step, step / 4, np.full((5, 10), 0.1, np.float16), np.arange(5, dtype=np.int32),
        np.zeros(5, np.int16), (), weights,
    )  # fmt: skip


def run_of(experiment: Experiment, steps: int) -> str:
    store = RunStore(settings.database_url())
    run_id = store.create(experiment, OWNER, "test")
    store.move(run_id, RunState.RUNNING, steps_per_epoch=4, step=steps)
    return run_id


@pytest.mark.parametrize("stack", STACKS)
def test_each_moment_answers_with_its_own_weights(stack: str, nnlab_home):
    experiment = Experiment(dataset=Dataset(name="digits"), layers=STACKS[stack])
    run_id = run_of(experiment, 8)
    networks = {step: network(experiment, step) for step in (0, 2, 4)}
    for step, (weights, _) in networks.items():
        Moments(run_id).write(moment(step, weights))
    end, expected_end = network(experiment, 99)
    RunFiles(run_id).write_final(end, Result(np.full((5, 10), 0.1), np.zeros(5, int)), {})
    RunStore(settings.database_url()).move(
        run_id, RunState.FINISHED, test_loss=1.0, test_accuracy=0.5, epoch=2
    )

    for _ in range(2):  # the second time the network is there already, with the end's weights
        found = through_time(run_id, IMAGES)
        assert [place.step for place in found.places[:3]] == [0, 2, 4]
        assert found.places[-1].end
        expected = [*(answers for _, answers in networks.values()), expected_end]
        np.testing.assert_allclose(found.probabilities, np.stack(expected), atol=1e-5)


def test_while_it_trains_and_with_weights_of_half_precision(nnlab_home):
    experiment = Experiment(dataset=Dataset(name="digits"), layers=STACKS["dense"])
    run_id = run_of(experiment, 4)
    weights, expected = network(experiment, 1)
    short = {k: v.astype(np.float16) if v.dtype == np.float32 else v for k, v in weights.items()}
    Moments(run_id).write(moment(0, None))  # of this one nothing can be asked
    Moments(run_id).write(moment(2, short))
    found = through_time(run_id, IMAGES)
    assert [(place.step, place.end) for place in found.places] == [(2, False)]
    np.testing.assert_allclose(found.probabilities[0], expected, atol=5e-3)


def test_a_run_without_weights_is_told_as_not_found(nnlab_home):
    experiment = Experiment(dataset=Dataset(name="digits"), layers=STACKS["dense"])
    run_id = run_of(experiment, 0)
    with pytest.raises(RunNotFound):
        through_time(run_id, IMAGES)
    Moments(run_id).write(moment(0, None))
    with pytest.raises(RunNotFound):
        through_time(run_id, IMAGES)
