"""What a worker tells of the plane, at each moment, against plain Keras point by point."""

import keras
import numpy as np
import pytest

from nnlab import settings
from nnlab.experiment import Dataset, Dense, Experiment, Output, Points
from nnlab.models.build import build_model
from nnlab.models.state import read_state
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.moments import Moment, Moments
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.work.boundary import SIDE, field_of, grid

EXPERIMENT = Experiment(
    dataset=Dataset(name="blobs", points=Points(features=("x", "x2", "sin_y"))),
    layers=(Dense(units=5, activation="tanh"),),
)
LOGITS = EXPERIMENT.model_copy(update={"output": Output(activation="linear")})


def network(experiment: Experiment, step: int | None) -> keras.Sequential:
    """Another for each moment."""
    seed = {"training": experiment.training.model_copy(update={"seed": 1 + (step or 70)})}
    return build_model(experiment.model_copy(update=seed), (3,), 3)


def finished(experiment: Experiment) -> str:
    store = RunStore(settings.database_url())
    run_id = store.create(experiment, "tester", "test")
    store.move(run_id, RunState.RUNNING)
    store.move(run_id, RunState.FINISHED, test_loss=1.0, test_accuracy=0.5)
    for step, kept in ((5, read_state(network(experiment, 5))), (9, None)):
        answers = np.full((1, 3), 1 / 3, np.float16)
        none = np.zeros(1, np.int16)
        moment = Moment(step, step / 10, answers, np.zeros(1, np.int32), none, (), kept)
        Moments(run_id).write(moment)
    result = Result(np.full((1, 3), 1 / 3, np.float32), np.zeros(1, np.int64))
    RunFiles(run_id).write_final(read_state(network(experiment, None)), result, {})
    return run_id


@pytest.mark.parametrize("experiment", [EXPERIMENT, LOGITS], ids=["softmax", "logits"])
def test_each_moment_has_its_field(experiment: Experiment):
    run_id = finished(experiment)
    for step in (5, None):
        field = field_of(run_id, step, 6.5)
        assert field.shape == (SIDE, SIDE, 3)
        assert field.sum(axis=-1) == pytest.approx(np.ones((SIDE, SIDE)), abs=1e-5)
        model = network(experiment, step)
        for row, column in ((0, 0), (0, SIDE - 1), (20, 47), (SIDE - 1, 3)):
            x, y = -6.5 + 13 * column / (SIDE - 1), -6.5 + 13 * row / (SIDE - 1)
            told = model.predict(np.array([[x, x * x, np.sin(y)]], np.float32), verbose=0)[0]
            if experiment is LOGITS:
                told = np.exp(told - told.max()) / np.exp(told - told.max()).sum()
            assert field[row, column] == pytest.approx(told, abs=1e-4)


def test_a_moment_without_weights_has_none():
    with pytest.raises(RunNotFound):
        field_of(finished(EXPERIMENT), 9, 6.5)


def test_rows_go_upwards_and_columns_to_the_right():
    points = grid(2.0).reshape(SIDE, SIDE, 2)
    assert points[0, 0].tolist() == [-2, -2]
    assert points[0, -1].tolist() == [2, -2]
    assert points[-1, 0].tolist() == [-2, 2]
