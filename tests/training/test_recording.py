"""What is recorded of a run while it trains, held against direct computation with plain Keras."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from listening import Listener, experiment

from nnlab import settings
from nnlab.datasets import Splits
from nnlab.experiment import Activation, Conv2D, Dense, Experiment, Flatten, MaxPooling2D
from nnlab.models.build import build_model
from nnlab.runs.moments import LayerFacts, Moment, Moments, evenly
from nnlab.runs.store import RunStore
from nnlab.runs.timeline import Timeline
from nnlab.training.fit import fit
from nnlab.training.kept import Kept
from nnlab.training.recording.recorder import SAMPLE
from nnlab.work.train_run import train_run

STEPS = 41  # an epoch's, see `experiment`


def recorded(chosen: Experiment, splits: Splits) -> tuple[Listener, dict[str, np.ndarray]]:
    """A training with recording: what the reporter heard, and the final weights."""
    listener = Listener()
    fitted = fit(chosen, splits, listener, kept=Kept.of(chosen, splits, records=True))
    return listener, fitted.checkpoint.state


def keras_model(chosen: Experiment, moment: Moment, splits: Splits) -> keras.Sequential:
    """A plain model with the weights of a moment."""
    model = build_model(chosen, splits.info.input_shape, 10)
    assert moment.weights is not None
    for number, variable in enumerate(model.variables):
        variable.assign(moment.weights[f"model.{number}"])
    return model


def pixels(images: np.ndarray, splits: Splits) -> np.ndarray:
    return (images / np.float32(splits.info.scale)).astype(np.float32)[..., np.newaxis]


def sample(splits: Splits) -> tuple[np.ndarray, np.ndarray]:
    chosen = evenly(SAMPLE, len(splits.y_train))
    return pixels(splits.x_train[chosen], splits), splits.y_train[chosen]


@pytest.fixture(scope="module")
def chosen() -> Experiment:
    return experiment(epochs=3)


@pytest.fixture(scope="module")
def told(chosen: Experiment, digits: Splits) -> tuple[Listener, dict[str, np.ndarray]]:
    return recorded(chosen, digits)


def test_moments_are_the_start_parts_of_the_first_epoch_and_each_epoch(told):
    listener, _ = told
    steps = [moment.step for moment in listener.moments]
    assert steps == [0, 1, 5, 20, STEPS, 2 * STEPS, 3 * STEPS]
    assert [moment.epoch for moment in listener.moments][-3:] == [1.0, 2.0, 3.0]


def test_training_is_the_same_with_recording_and_without(chosen, told, digits: Splits):
    _, with_recording = told
    without = fit(chosen, digits, Listener()).checkpoint.state
    assert with_recording.keys() == without.keys()
    for name, values in without.items():
        np.testing.assert_array_equal(with_recording[name], values, err_msg=name)


def test_the_curve_is_not_disturbed_either(chosen, told, digits: Splits):
    listener, _ = told
    plain = Listener()
    fit(chosen, digits, plain)
    assert [(e.loss, e.accuracy, e.val_loss) for e in listener.epochs] == [
        (e.loss, e.accuracy, e.val_loss) for e in plain.epochs
    ]


def test_weights_are_those_of_the_checkpoints(told):
    listener, _ = told
    of_epochs = [moment for moment in listener.moments if moment.step in (41, 82, 123)]
    for moment, (checkpoint, _) in zip(of_epochs, listener.checkpoints, strict=True):
        assert moment.weights is not None
        for name, values in moment.weights.items():
            np.testing.assert_array_equal(values, checkpoint.state[name])


def test_the_start_is_what_the_seed_draws(chosen, told, digits: Splits):
    model = build_model(chosen, digits.info.input_shape, 10)
    weights = told[0].moments[0].weights
    assert weights is not None
    for number, variable in enumerate(model.variables):
        np.testing.assert_array_equal(weights[f"model.{number}"], variable.numpy())


@pytest.mark.parametrize("place", [0, 2, 6])
def test_answers_are_those_of_plain_keras(place: int, chosen, told, digits: Splits):
    moment = told[0].moments[place]
    model = keras_model(chosen, moment, digits)
    expected = model.predict(pixels(digits.x_test[moment.indices], digits), verbose=0)
    np.testing.assert_allclose(moment.probabilities.astype(np.float32), expected, atol=1e-3)
    np.testing.assert_array_equal(moment.y_true, digits.y_test[moment.indices])


def assert_tells(layer: LayerFacts, outputs: np.ndarray) -> None:
    told = layer.activations
    assert told.mean == pytest.approx(outputs.mean(), abs=1e-5)
    assert told.std == pytest.approx(outputs.std(), rel=1e-3, abs=1e-6)
    assert told.zeros == pytest.approx((outputs == 0).mean(), abs=2e-3)
    assert told.low == pytest.approx(outputs.min(), abs=1e-5)
    assert told.high == pytest.approx(outputs.max(), rel=1e-4)
    expected, _ = np.histogram(outputs, len(told.counts), (told.low, told.high))
    assert np.abs(np.array(told.counts) - expected).sum() <= 0.01 * outputs.size


CONVOLUTION = experiment(epochs=1).model_copy(
    update={
        "layers": (
            Conv2D(filters=4, kernel_size=3, activation="linear"),
            Activation(activation="relu"),
            MaxPooling2D(),
            Flatten(),
            Dense(units=8, activation="tanh"),
        )
    }
)


def test_facts_are_those_of_plain_keras(digits: Splits):
    listener, _ = recorded(CONVOLUTION, digits)
    moment = listener.moments[-1]
    model = keras_model(CONVOLUTION, moment, digits)
    images, labels = sample(digits)
    outputs = keras.Model(model.inputs, [layer.output for layer in model.layers])(images)
    assert [layer.name for layer in moment.layers] == [layer.name for layer in model.layers]
    for layer, values in zip(moment.layers, outputs, strict=True):
        assert_tells(layer, values.numpy())
    with tf.GradientTape() as tape:
        loss = keras.losses.SparseCategoricalCrossentropy()(labels, model(images))
    kernels = [layer.kernel for layer in model.layers if hasattr(layer, "kernel")]
    expected = tape.gradient(loss, [kernel.value for kernel in kernels])
    found = [layer for layer in moment.layers if layer.weights is not None]
    assert [layer.kind for layer in found] == ["Conv2D", "Dense", "Dense"]
    for layer, kernel, gradient in zip(found, kernels, expected, strict=True):
        assert layer.weights.std == pytest.approx(kernel.numpy().std(), rel=1e-5)
        assert layer.gradients.std == pytest.approx(gradient.numpy().std(), rel=1e-4)
        assert layer.gradients.mean == pytest.approx(gradient.numpy().mean(), abs=1e-6)


def test_dead_and_saturated_units_are_seen(digits: Splits):
    dead = experiment(epochs=1).model_copy(
        update={
            "layers": (
                Flatten(),
                Dense(units=6, kernel_initializer="zeros"),
                Dense(units=5, activation="tanh", kernel_initializer="random_normal",
                      kernel_stddev=10.0),
            )
        }
    )  # fmt: skip
    moment = recorded(dead, digits)[0].moments[0]
    rectified = next(layer for layer in moment.layers if layer.name == "dense_1")
    np.testing.assert_array_equal(rectified.zero_share, np.ones(6))
    # A saturated tanh needs inputs; after dead units there are none but the bias, which is 0.
    np.testing.assert_array_equal(moment.layers[2].saturated_share, np.zeros(5))
    wide = dead.model_copy(update={"layers": (Flatten(), dead.layers[2])})
    layer = recorded(wide, digits)[0].moments[0].layers[1]
    model = build_model(wide, digits.info.input_shape, 10)
    outputs = keras.Model(model.inputs, model.layers[1].output)(sample(digits)[0]).numpy()
    np.testing.assert_allclose(layer.saturated_share, (np.abs(outputs) >= 0.98).mean(axis=0))
    assert layer.saturated_share.mean() > 0.5


def test_in_turns_and_after_a_break_the_same_is_recorded(
    nnlab_home, small_steps: None, monkeypatch: pytest.MonkeyPatch
):
    store = RunStore(settings.database_url())
    whole = store.create(experiment(epochs=2), "me", "engine")
    train_run(whole)
    monkeypatch.setattr("nnlab.work.turns.Seat.turn_is_over", lambda _: True)
    pieces = store.create(experiment(epochs=2), "me", "engine")
    train_run(pieces)
    one, other = Moments(whole), Moments(pieces)
    assert one.steps() == other.steps() == [0, 1, 5, 20, 41, 82]
    for step in one.steps():
        a, b = one.read(step), other.read(step)
        np.testing.assert_array_equal(a.probabilities, b.probabilities)
        for name, values in (a.weights or {}).items():
            np.testing.assert_array_equal(values, (b.weights or {})[name])
        assert [vars(x.activations) for x in a.layers] == [vars(x.activations) for x in b.layers]


def test_a_run_has_a_timeline_with_its_end(nnlab_home):
    store = RunStore(settings.database_url())
    run_id = store.create(experiment(epochs=2), "me", "engine")
    train_run(run_id)
    run = store.get(run_id)
    timeline = Timeline(run)
    assert [place.label for place in timeline.places] == [
        "start", "1/32 of epoch 1", "1/8 of epoch 1", "1/2 of epoch 1", "after epoch 1",
        "the end",
    ]  # fmt: skip
    end = timeline.snapshot(timeline.places[-1])
    assert end.layers
    shown = np.mean(end.probabilities.argmax(axis=1) == end.y_true)
    assert shown == pytest.approx(run.test_accuracy)


def test_nothing_is_recorded_without_room(nnlab_home, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NNLAB_RECORDED_MB", "0")
    store = RunStore(settings.database_url())
    run_id = store.create(experiment(epochs=1), "me", "engine")
    train_run(run_id)
    assert Moments(run_id).steps() == []
    assert [place.label for place in Timeline(store.get(run_id)).places] == ["the end"]
