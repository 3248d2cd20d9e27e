"""What a worker tells of a run's network at one moment and another, against plain Keras."""

from concurrent.futures import ThreadPoolExecutor

import keras
import numpy as np
import pytest

from nnlab import settings
from nnlab.experiment import Dataset, Dense, Dropout, Experiment, Flatten
from nnlab.models.build import build_model
from nnlab.models.state import read_state
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.moments import Moment, Moments
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.work.inside import layer_outputs, neuron_pass

EXPERIMENT = Experiment(
    dataset=Dataset(name="digits"), layers=(Flatten(), Dense(units=6), Dropout(rate=0.5))
)
STEPS = (0, 5, None)


def network(step: int | None) -> keras.Sequential:
    """Another for each moment."""
    seeded = EXPERIMENT.model_copy(
        update={"training": EXPERIMENT.training.model_copy(update={"seed": 1 + (step or 70)})}
    )
    return build_model(seeded, (8, 8, 1), 10)


def image() -> np.ndarray:
    return np.random.default_rng(0).random((8, 8), np.float32)


def expected(step: int | None) -> np.ndarray:
    return network(step).predict(image()[np.newaxis, ..., np.newaxis], verbose=0)[0]


def moment(step: int, kept: dict | None) -> Moment:
    answers = np.full((1, 10), 0.1, np.float16)
    return Moment(step, step / 10, answers, np.zeros(1, np.int32), np.zeros(1, np.int16), (), kept)


@pytest.fixture
def run_id() -> str:
    store = RunStore(settings.database_url())
    run_id = store.create(EXPERIMENT, "tester", "test")
    store.move(run_id, RunState.RUNNING)
    store.move(run_id, RunState.FINISHED, test_loss=1.0, test_accuracy=0.5)
    for step in (0, 5):
        Moments(run_id).write(moment(step, read_state(network(step))))
    Moments(run_id).write(moment(9, None))
    result = Result(np.full((1, 10), 0.1, np.float32), np.zeros(1, np.int64))
    RunFiles(run_id).write_final(read_state(network(None)), result, {})
    return run_id


def test_one_network_answers_for_every_moment_in_any_order_and_at_once(run_id: str):
    whole = {step: expected(step) for step in STEPS}
    assert not np.allclose(whole[0], whole[5], atol=1e-3)
    asked = [STEPS[n] for n in np.random.default_rng(1).integers(0, 3, 60)]

    def ask(step: int | None) -> np.ndarray:
        return layer_outputs(run_id, step, image())[-1]

    with ThreadPoolExecutor(4) as pool:
        for step, answer in zip(asked, pool.map(ask, asked), strict=True):
            np.testing.assert_allclose(answer, whole[step], atol=1e-6)


def test_a_neuron_of_a_moment(run_id: str):
    for step in STEPS:
        found = neuron_pass(run_id, step, image(), 1, 4, None)
        kernel, bias = network(step).layers[1].get_weights()
        np.testing.assert_array_equal(found.weights, kernel[:, 4])
        assert found.z == pytest.approx(float(image().ravel() @ kernel[:, 4] + bias[4]), abs=1e-5)


def test_weights_that_were_not_recorded_are_told_and_spoil_nothing(run_id: str):
    layer_outputs(run_id, 0, image())
    for missing in (9, 7):
        with pytest.raises(RunNotFound):
            layer_outputs(run_id, missing, image())
    np.testing.assert_allclose(layer_outputs(run_id, 0, image())[-1], expected(0), atol=1e-6)
