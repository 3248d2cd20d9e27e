"""What a worker says of one image at recorded moments, beside plain Keras with the same weights."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest

from nnlab import settings
from nnlab.experiment import Dataset, Dense, Dropout, Experiment, Flatten, Training
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.moments import Moment, Moments
from nnlab.runs.run import RunNotFound
from nnlab.runs.store import RunStore
from nnlab.work import attributing, image_over_time, moments, tasks

SMALL = Experiment(
    dataset=Dataset(name="digits"),
    layers=(Flatten(), Dense(units=6, activation="tanh"), Dropout(rate=0.5)),
    training=Training(epochs=1),
)
IMAGE = np.random.default_rng(3).random((8, 8), np.float32)
STEPS = (0, 7, 30)
DTYPES = {0: np.float32, 7: np.float32, 30: np.float16}


def plain(seed: int) -> keras.Sequential:
    """The same layers in plain Keras, with weights by chance."""
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(6, activation="tanh"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    lot = np.random.default_rng(seed)
    model.set_weights([lot.normal(0, 0.5, w.shape).astype(np.float32) for w in model.get_weights()])
    return model


@pytest.fixture
def run_id(nnlab_home, monkeypatch: pytest.MonkeyPatch) -> str:
    """A run with three moments; the weights of one were not kept, and one has no file."""
    for kept in (tasks.trained_network.cache, moments._kept.cache):
        kept.clear()
    tasks.experiment_of.cache_clear()
    tasks.worker_store.cache_clear()
    store = RunStore(settings.database_url())
    run_id = store.create(SMALL, "tester", "test")
    for step in STEPS:
        write(run_id, step, state_of(step))
    write(run_id, 50, None)
    return run_id


def state_of(step: int) -> dict[str, np.ndarray]:
    """The plain model's weights by the product's names; dropout has a state of its own there."""
    from nnlab.models.build import build_model
    from nnlab.models.state import read_state

    weights = iter(plain(step).get_weights())
    state = read_state(build_model(SMALL, (8, 8, 1), 10))
    names = sorted((n for n in state if n.startswith("model.")), key=lambda n: int(n[6:]))
    dtype = DTYPES.get(step, np.float32)
    return {
        name: next(weights).astype(dtype) if state[name].dtype == np.float32 else state[name]
        for name in names
    }


def write(run_id: str, step: int, weights: dict[str, np.ndarray] | None) -> None:
    none = SimpleNamespace(
        p=np.zeros((0, 10), np.float16), i=np.zeros(0, np.int32), y=np.zeros(0, np.int16)
    )
    Moments(run_id).write(Moment(step, step / 10, none.p, none.i, none.y, (), weights))


def test_each_moment_answers_with_its_own_weights(run_id: str):
    found = image_over_time.image_over_time(run_id, IMAGE, STEPS)
    for row, step in zip(found, STEPS, strict=True):
        expected = plain(step)(IMAGE[np.newaxis, ..., np.newaxis], training=False)[0]
        np.testing.assert_allclose(row, expected, atol=1e-5 if step < 30 else 2e-3)
    assert np.abs(found[0] - found[1]).max() > 0.01
    again = image_over_time.image_over_time(run_id, IMAGE, STEPS[::-1])
    np.testing.assert_array_equal(again, found[::-1])


def test_moments_without_weights_or_without_a_file_are_gaps(run_id: str):
    found = image_over_time.image_over_time(run_id, IMAGE, (7, 50, 51))
    assert np.isfinite(found[0]).all()
    assert found.shape == (3, 10)
    assert np.isnan(found[1:]).all()


def test_pixels_at_a_moment_are_those_of_its_network(run_id: str):
    for step in (0, 7):
        found = attributing.attribute(run_id, IMAGE, 4, step)
        expected = plain(step)(IMAGE[np.newaxis, ..., np.newaxis], training=False)[0, 4]
        assert found.probability == pytest.approx(float(expected), abs=1e-5)
        change = found.logit - found.black_logit
        assert found.gradients.sum() == pytest.approx(change, rel=0.01, abs=1e-4)


def test_pixels_without_weights_are_not_found(run_id: str):
    for step in (50, 51):
        with pytest.raises(RunNotFound):
            attributing.attribute(run_id, IMAGE, 4, step)


def test_the_end_is_another_network_than_a_moment(run_id: str):
    result = Result(np.zeros((0, 10), np.float32), np.zeros(0, np.int64))
    RunFiles(run_id).write_final(state_of(99), result, {})
    found = attributing.attribute(run_id, IMAGE, 4)
    expected = plain(99)(IMAGE[np.newaxis, ..., np.newaxis], training=False)[0, 4]
    assert found.probability == pytest.approx(float(expected), abs=1e-5)
