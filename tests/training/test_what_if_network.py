"""A network worked on for a question, against plain Keras models whose weights are changed."""

import hashlib
from pathlib import Path

import keras
import numpy as np
import pytest

from nnlab import settings
from nnlab.analysis.changes import Change, changed
from nnlab.analysis.surgery import Surgery
from nnlab.datasets import Splits
from nnlab.experiment import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dataset,
    Dense,
    Dropout,
    Experiment,
    Flatten,
    MaxPooling2D,
    Output,
)
from nnlab.models.build import build_model
from nnlab.models.state import read_state
from nnlab.models.what_if import probabilities_with, unit_norms
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.moments import Moment, Moments
from nnlab.runs.store import RunStore
from nnlab.work import tasks, what_if
from nnlab.work.what_if import Question

IMAGES = np.random.default_rng(0).random((250, 12, 12), np.float32)
# Between a layer and the next one with weights there may be what makes something of 0.
STACKS = {
    "dense": (Flatten(), Dense(units=9, activation="tanh"), Dropout(rate=0.5), Dense(units=7)),
    "normalized": (
        Flatten(), Dense(units=9, activation="linear"), BatchNormalization(),
        Activation(activation="sigmoid"), Dense(units=7),
    ),
    "convolutional": (
        Conv2D(filters=4, activation="tanh"), MaxPooling2D(), Conv2D(filters=3), MaxPooling2D(),
        Flatten(), BatchNormalization(), Dense(units=7, activation="gelu"),
    ),
}  # fmt: skip
CASES = [("dense", 1), ("dense", 3), ("normalized", 1), ("normalized", 4)] + [
    ("convolutional", layer) for layer in (0, 2, 6)
]


def experiment(stack: str, output: str = "softmax") -> Experiment:
    return Experiment(
        dataset=Dataset(name="digits"), layers=STACKS[stack], output=Output(activation=output)
    )


def model(stack: str, output: str = "softmax") -> keras.Sequential:
    """Random weights, far enough from their start that no value is zero."""
    built = build_model(experiment(stack, output), (12, 12, 1), 3)
    lot = np.random.default_rng(1)
    for variable in built.variables:
        if "seed" not in variable.path and "moving_variance" not in variable.path:
            variable.assign(variable.numpy() + lot.normal(0, 0.3, variable.shape))
    return built


def answers(built: keras.Sequential) -> np.ndarray:
    said = built.predict(IMAGES[..., np.newaxis], verbose=0)
    linear = built.layers[-1].activation.__name__ == "linear"
    return np.asarray(keras.ops.softmax(said)) if linear else said


@pytest.mark.parametrize("output", ["softmax", "linear"])
@pytest.mark.parametrize("stack", STACKS)
def test_untouched_it_is_the_model(stack: str, output: str):
    built = model(stack, output)
    np.testing.assert_allclose(
        probabilities_with(built, IMAGES, Surgery()), answers(built), atol=1e-5
    )


@pytest.mark.parametrize(("stack", "layer"), CASES)
def test_units_off_are_the_next_layers_weights_at_zero(stack: str, layer: int):
    built, off = model(stack), (0, 2)
    found = probabilities_with(built, IMAGES, Surgery(layer=layer, off=off))
    units = built.layers[layer].kernel.shape[-1]
    later = next(one for one in built.layers[layer + 1 :] if hasattr(one, "kernel"))
    kernel = later.kernel.numpy()
    from_units = kernel.reshape(-1, units, kernel.shape[-1])  # a view: channels lie side by side
    from_units[:, off, :] = 0
    untouched = answers(built)
    later.kernel.assign(kernel)
    np.testing.assert_allclose(found, answers(built), atol=1e-5)
    assert np.abs(found - untouched).max() > 1e-3


@pytest.mark.parametrize("output", ["softmax", "linear"])
def test_a_silent_class_is_its_weights_at_zero(output: str):
    built = model("dense", output)
    found = probabilities_with(built, IMAGES, Surgery(silenced=(1,)))
    kernel, bias = (variable.numpy() for variable in built.layers[-1].weights)
    kernel[:, 1], bias[1] = 0, 0
    built.layers[-1].set_weights([kernel, bias])
    np.testing.assert_allclose(found, answers(built), atol=1e-5)


def test_dropout_left_on_does_what_keras_does_in_training():
    """Not the same draws, but the same distribution of answers."""
    built = model("dense")
    mine = np.stack(
        [
            probabilities_with(built, IMAGES, Surgery(dropout=((2, 0.5),), draw=draw))
            for draw in range(60)
        ]
    )
    keras_s = np.stack([built(IMAGES[..., np.newaxis], training=True) for _ in range(60)])
    error = keras_s.std(axis=0) * np.sqrt(2 / 60)
    difference = (mine.mean(axis=0) - keras_s.mean(axis=0)) / error
    assert np.abs(difference).mean() < 1.2  # 0.8 for two samples of one distribution
    assert mine.std(axis=0).mean() == pytest.approx(keras_s.std(axis=0).mean(), rel=0.05)


def test_dropout_draws_are_repeatable_and_differ():
    built = model("dense")
    same = [probabilities_with(built, IMAGES, Surgery(dropout=((2, 0.5),))) for _ in range(2)]
    np.testing.assert_array_equal(*same)
    other = probabilities_with(built, IMAGES, Surgery(dropout=((2, 0.5),), draw=1))
    assert np.abs(same[0] - other).max() > 0.01
    none = probabilities_with(built, IMAGES, Surgery(dropout=((2, 0.0),)))
    np.testing.assert_allclose(none, answers(built), atol=1e-5)
    # Images of different batches get different draws.
    twice = np.repeat(IMAGES[:1], 250, axis=0)
    rows = probabilities_with(built, twice, Surgery(dropout=((2, 0.5),)))
    assert np.abs(rows[0] - rows[200]).max() > 1e-4


@pytest.mark.parametrize(
    ("surgery", "words"),
    [
        (Surgery(layer=0, off=(0,)), "layer 0 is no hidden layer with units"),
        (Surgery(layer=4, off=(0,)), "layer 4 is no hidden layer with units"),
        (Surgery(layer=1, off=(9,)), "a unit must be 0 to 8, not 9"),
        (Surgery(layer=1, off=(-1,)), "a unit must be 0 to 8, not -1"),
        (Surgery(silenced=(3,)), "a class must be 0 to 2, not 3"),
        (Surgery(dropout=((1, 0.5),)), "layer 1 is no Dropout layer"),
        (Surgery(dropout=((2, 1.0),)), "a dropout rate must be at least 0 and less than 1"),
    ],
)
def test_what_the_network_does_not_have_is_refused(surgery: Surgery, words: str):
    with pytest.raises(ValueError, match=words):
        probabilities_with(model("dense"), IMAGES, surgery)


def test_norms_are_of_the_incoming_weights():
    built = model("convolutional")
    norms = unit_norms(built)
    assert list(norms) == [0, 2, 6]
    kernel = built.layers[2].kernel.numpy()
    expected = [np.sqrt((kernel[..., unit] ** 2).sum()) for unit in range(3)]
    np.testing.assert_allclose(norms[2], expected, rtol=1e-5)


def test_the_model_is_left_as_it_is():
    built = model("dense")
    before = read_state(built)
    surgery = Surgery(layer=1, off=(0, 3), dropout=((2, 0.4),), silenced=(0,))
    probabilities_with(built, IMAGES, surgery)
    after = read_state(built)
    assert before.keys() == after.keys()
    for name, value in before.items():
        np.testing.assert_array_equal(value, after[name], err_msg=name)


# --- the worker's task -------------------------------------------------------------------------


def stored_run(digits: Splits) -> tuple[str, keras.Sequential]:
    """A complete run's files and a recorded moment, without any training."""
    made = experiment("dense")
    run_id = RunStore(settings.database_url()).create(made, "tester", "test")
    built = build_model(made, (8, 8, 1), 10)
    weights = {k: v for k, v in read_state(built).items() if k.startswith("model.")}
    n = len(digits.y_test)
    result = Result(np.full((n, 10), 0.1, np.float32), digits.y_test)
    RunFiles(run_id).write_final(weights, result, {})
    halved = {k: v / 2 if v.dtype == np.float32 else v for k, v in weights.items()}
    nothing = np.zeros((0, 10), np.float16), np.zeros(0, np.int32), np.zeros(0, np.int16)
    Moments(run_id).write(Moment(5, 1.0, *nothing, (), halved))
    return run_id, built


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_task_asks_evenly_spaced_test_images_and_changes_nothing(digits: Splits):
    run_id, built = stored_run(digits)
    cached = tasks.trained_network(run_id)
    before, files = read_state(cached.model), digest(RunFiles(run_id).folder)
    n = len(digits.y_test)
    numbers = np.arange(100) * n // 100
    images = digits.x_test[numbers].astype(np.float32) / 16
    noisy = Change("noise", 0.3, seed=4)
    surgery = Surgery(layer=1, off=(0, 5), dropout=((2, 0.4),), silenced=(0,))
    said = what_if.answer(run_id, None, Question(noisy), 100)
    what_if.answer(run_id, None, Question(noisy, surgery), 100)
    expected = built.predict(changed(images, noisy, numbers)[..., np.newaxis], verbose=0)
    np.testing.assert_array_equal(said.predicted, expected.argmax(axis=1))
    np.testing.assert_allclose(said.confidence, expected.max(axis=1), atol=1e-5)
    assert len(what_if.answer(run_id, None, Question(), 10_000).predicted) == n
    assert tasks.trained_network(run_id) is cached
    for name, value in read_state(cached.model).items():
        np.testing.assert_array_equal(value, before[name], err_msg=name)
    assert digest(RunFiles(run_id).folder) == files


def test_the_task_asks_a_recorded_moment(digits: Splits):
    run_id, built = stored_run(digits)
    said = what_if.answer(run_id, 5, Question(), 10_000)
    for variable in built.variables:
        if "seed" not in variable.path:
            variable.assign(variable.numpy() / 2)
    images = digits.x_test[..., np.newaxis].astype(np.float32) / 16
    np.testing.assert_array_equal(said.predicted, built.predict(images, verbose=0).argmax(axis=1))
    norms = what_if.norms(run_id, 5)
    np.testing.assert_allclose(norms[1] * 2, what_if.norms(run_id, None)[1], rtol=1e-6)
