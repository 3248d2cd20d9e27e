"""The picture of a network on points, against plain Keras."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest

from nnlab.datasets import load_splits
from nnlab.datasets.plane import plane_features, plane_grid
from nnlab.experiment import (
    Activation,
    BatchNormalization,
    Dataset,
    Dense,
    Dropout,
    Experiment,
    Output,
    Points,
    Training,
)
from nnlab.models.build import build_model
from nnlab.models.plane_frame import MOST_TILES, Moment, Plane, frame_of
from nnlab.runs.frames import Frame, FrameLayer

FEATURES = ("x", "xy", "sin_y")
EXPERIMENT = Experiment(
    dataset=Dataset(name="blobs", points=Points(features=FEATURES)),
    layers=(
        Dense(units=20, activation="linear"),
        BatchNormalization(),
        Activation(activation="gelu"),
        Dropout(rate=0.5),
        Dense(units=4, activation="leaky_relu"),
    ),
    training=Training(l1=0.001, l2=0.01),
)
LOGITS = EXPERIMENT.model_copy(update={"output": Output(activation="linear")})


def network(experiment: Experiment) -> keras.Sequential:
    """With running means and biases that are not what they begin with."""
    model = build_model(experiment, (3,), 3)
    drawn = np.random.default_rng(3)
    for variable in model.weights:
        if len(variable.shape) == 1:
            variable.assign(variable.numpy() + drawn.uniform(0, 0.5, variable.shape))
    return model


def features(side: int, reach: float) -> np.ndarray:
    return plane_features(plane_grid(reach, side), FEATURES)


def taken(experiment: Experiment, model: keras.Sequential, **more: object) -> Frame:
    plane = Plane.of(experiment.dataset, load_splits(experiment.dataset))
    return frame_of(model, plane, **more)


def values(layer: FrameLayer) -> np.ndarray:
    """What the tiles say, (shown, side, side)."""
    low, high = (np.asarray(end, float)[:, None, None] for end in (layer.low, layer.high))
    return low + (high - low) * layer.tiles / 255


@pytest.mark.parametrize("experiment", [EXPERIMENT, LOGITS], ids=["softmax", "logits"])
def test_field_tiles_and_weights_are_those_of_plain_keras(experiment: Experiment):
    model = network(experiment)
    frame = taken(experiment, model, moment=Moment("r", 30, 1.5))
    assert (frame.run, frame.step, frame.epoch) == ("r", 30, 1.5)
    answers = model.predict(features(60, frame.reach), verbose=0)
    if experiment is LOGITS:
        answers = keras.ops.convert_to_numpy(keras.ops.softmax(answers))
    np.testing.assert_allclose(frame.field / 255, answers.reshape(60, 60, 3), atol=0.5 / 255 + 1e-5)
    assert [(layer.index, layer.name) for layer in frame.layers] == [
        (0, "dense_0"), (4, "dense_4"), (5, "output"),
    ]  # fmt: skip
    for layer in frame.layers:
        own = model.layers[layer.index]
        outputs = keras.Model(model.inputs, own.output).predict(
            features(24, frame.reach), verbose=0
        )
        shown = outputs[:, :MOST_TILES].T.reshape(-1, 24, 24)
        close = 0.51 / 255 * float((layer.high - layer.low).max()) + 1e-4
        np.testing.assert_allclose(values(layer), shown, atol=close)
        np.testing.assert_array_equal(layer.kernel, own.kernel.numpy())
        np.testing.assert_array_equal(layer.bias, own.bias.numpy())
    assert len(frame.layers[0].tiles) == MOST_TILES
    assert frame.to_dict()["layers"][0]["units"] == 20


@pytest.mark.parametrize("experiment", [EXPERIMENT, LOGITS], ids=["softmax", "logits"])
def test_loss_and_accuracy_are_those_that_keras_evaluates(experiment: Experiment):
    model = network(experiment)
    splits = load_splits(experiment.dataset)
    frame = taken(experiment, model)
    for told, x, y in (
        (frame.train, splits.x_train, splits.y_train),
        (frame.test, splits.x_test, splits.y_test),
    ):
        loss, accuracy = model.evaluate(x, y, verbose=0)
        assert told["loss"] == pytest.approx(loss, rel=1e-4)
        assert told["accuracy"] == pytest.approx(accuracy)
    known = {"loss": 0.25, "accuracy": 0.75}
    assert taken(experiment, model, train=known).train == known


def test_a_single_output_is_drawn_by_its_value():
    layers = [keras.Input((3,)), keras.layers.Dense(1, kernel_initializer="ones")]
    model = keras.Sequential(layers)
    model.compile(loss=keras.losses.MeanSquaredError())
    frame = taken(EXPERIMENT, model)
    answers = model.predict(features(60, frame.reach), verbose=0).reshape(60, 60, 1)
    expected = np.rint(128 + 127 * answers.clip(-1, 1))
    assert np.abs(frame.field - expected).max() <= 1
    assert {frame.field.min(), frame.field.max()} == {1, 255}
    splits = load_splits(EXPERIMENT.dataset)
    assert frame.test["loss"] == pytest.approx(
        model.evaluate(splits.x_test, splits.y_test, verbose=0), rel=1e-4
    )
    assert frame.test["accuracy"] is None


def edit(layer: int | None, unit: int | None, of: int | None, value: float = 0.0):
    return SimpleNamespace(layer=layer, unit=unit, input=of, value=value)


def test_an_edited_weight_changes_the_picture_and_not_the_network():
    model, changed = network(EXPERIMENT), network(EXPERIMENT)
    before = [variable.numpy().copy() for variable in model.weights]
    edits = [edit(0, 2, 1, 3.0), edit(5, 0, None, -2.0)]
    frame = taken(EXPERIMENT, model, edits=edits)
    for variable, values_ in zip(model.weights, before, strict=True):
        np.testing.assert_array_equal(variable.numpy(), values_)
    kernel, bias = changed.layers[0].kernel.numpy(), changed.layers[5].bias.numpy()
    kernel[1, 2], bias[0] = 3.0, -2.0
    changed.layers[0].kernel.assign(kernel)
    changed.layers[5].bias.assign(bias)
    other = taken(EXPERIMENT, changed)
    assert frame.to_json() == other.to_json() != taken(EXPERIMENT, model).to_json()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (edit(1, 0, 0), r"layer must be one of \[0, 4, 5\], not 1"),
        (edit(None, 0, 0), "layer must be"),
        (edit(4, 4, 0), "unit must be 0 to 3, not 4"),
        (edit(0, 0, 3), "input must be 0 to 2, or none, not 3"),
        (edit(0, 0, -1), "input must be"),
    ],
)
def test_a_weight_that_is_not_there(wrong: SimpleNamespace, says: str):
    with pytest.raises(ValueError, match=says):
        taken(EXPERIMENT, network(EXPERIMENT), edits=[wrong])


def test_a_network_that_has_left_the_numbers_has_a_picture():
    model = network(EXPERIMENT)
    model.layers[0].kernel.assign(np.full((3, 20), np.nan))
    told = taken(EXPERIMENT, model).to_dict()
    assert told["test"]["loss"] is None
    assert told["layers"][0]["low"][0] is None
