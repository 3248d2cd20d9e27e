"""Layer outputs, single neurons and weights by layer, against plain Keras."""

import keras
import numpy as np
import pytest

from nnlab.analysis.layer_weights import layer_weights
from nnlab.analysis.weighted_sum import weighted_sum
from nnlab.experiment import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Experiment,
    Flatten,
    MaxPooling2D,
    Output,
)
from nnlab.models.build import build_model
from nnlab.models.inside import layer_outputs, neuron_pass
from nnlab.models.state import read_state

STACKS = {
    "linear": (Flatten(),),
    "dense": (Flatten(), Dense(units=24, activation="gelu"), Dropout(rate=0.5), Dropout(rate=0.0),
              BatchNormalization(), Dense(units=12, activation="tanh")),
    "valid": (Conv2D(filters=4), Dropout(rate=0.3), MaxPooling2D(),
              Conv2D(filters=3, kernel_size=2, strides=2, activation="sigmoid"), Flatten()),
    "same": (Conv2D(filters=3, kernel_size=4, strides=3, padding="same", activation="linear"),
             BatchNormalization(), Activation(activation="elu"),
             Conv2D(filters=2, kernel_size=5, padding="same"), Flatten(), Dense(units=5)),
}  # fmt: skip


def experiment(stack: str, output: str) -> Experiment:
    return Experiment(layers=STACKS[stack], output=Output(activation=output))


def model(stack: str, output: str = "softmax") -> keras.Sequential:
    """Random weights, far from their start; running variances stay positive."""
    built = build_model(experiment(stack, output), (11, 11, 1), 3)
    lot = np.random.default_rng(1)
    for variable in built.variables:
        if "seed" not in variable.path:
            shift = lot.normal(0, 0.2, variable.shape)
            variable.assign(variable.numpy() + (np.abs(shift) if "var" in variable.path else shift))
    return built


def image() -> np.ndarray:
    return np.random.default_rng(2).random((11, 11), np.float32)


def sub_model_outputs(built: keras.Sequential) -> list[np.ndarray]:
    """The independent reference: a functional model over all layers' outputs."""
    whole = keras.Model(built.inputs, [layer.output for layer in built.layers])
    return [part[0] for part in whole.predict(image()[np.newaxis, ..., np.newaxis], verbose=0)]


def before_activation(built: keras.Sequential, index: int) -> np.ndarray:
    """The layer's sums: a layer of its own, without activation, with the same weights."""
    layer = built.layers[index]
    plain = type(layer).from_config(layer.get_config() | {"activation": None})
    below = built.layers[index - 1].output if index else built.inputs[0]
    sums = keras.Model(built.inputs, plain(below))
    plain.set_weights(layer.get_weights())
    return sums.predict(image()[np.newaxis, ..., np.newaxis], verbose=0)[0]


@pytest.mark.parametrize("output", ["softmax", "linear"])
@pytest.mark.parametrize("stack", STACKS)
def test_the_outputs_are_those_of_a_keras_sub_model(stack: str, output: str):
    built = model(stack, output)
    found, expected = layer_outputs(built, image()), sub_model_outputs(built)
    assert len(found) == len(STACKS[stack]) + 1
    for ours, keras_own in zip(found, expected, strict=True):
        np.testing.assert_allclose(ours, keras_own, atol=1e-5)


@pytest.mark.parametrize("output", ["softmax", "linear"])
@pytest.mark.parametrize("stack", STACKS)
def test_each_neuron_is_keras_s_and_its_figures_add_up(stack: str, output: str):
    built = model(stack, output)
    outputs = sub_model_outputs(built)
    for index, layer in enumerate(built.layers):
        if not hasattr(layer, "kernel"):
            continue
        sums = before_activation(built, index)
        for unit in range(0, sums.shape[-1], 2):
            found = neuron_pass(built, image(), index, unit)
            at = (*found.place, unit) if found.place is not None else (unit,)
            assert sums[at] == sums[..., unit].max()  # the strongest place
            assert found.z == pytest.approx(sums[at], abs=1e-4)
            assert found.output == pytest.approx(outputs[index][at], abs=1e-5)
            added = weighted_sum(found.inputs, found.weights, found.bias, most=7)
            assert added.exact == pytest.approx(sums[at], abs=1e-4)
            assert sum(added.products) + added.rest + added.bias == added.total
            assert added.total / 10**added.decimals == pytest.approx(
                added.exact, abs=0.5001 / 10**added.decimals
            )


@pytest.mark.parametrize("stack", ["valid", "same"])
def test_every_place_of_a_map_is_keras_s(stack: str):
    built = model(stack)
    for index in (i for i, layer in enumerate(built.layers) if "conv" in layer.name):
        sums = before_activation(built, index)
        for row, column in np.ndindex(sums.shape[:2]):
            found = neuron_pass(built, image(), index, 1, (row, column))
            added = weighted_sum(found.inputs, found.weights, found.bias, most=3)
            assert added.exact == pytest.approx(sums[row, column, 1], abs=1e-4)
            assert found.place == (row, column)


def test_the_curve_is_the_activation_and_softmax_s_with_the_other_sums_as_they_are():
    built = model("dense")
    hidden, last = neuron_pass(built, image(), 1, 3), neuron_pass(built, image(), 6, 2)
    expected = np.asarray(keras.activations.gelu(keras.ops.convert_to_tensor(hidden.grid)))
    np.testing.assert_allclose(hidden.curve, expected, atol=1e-6)

    sums = before_activation(built, 6).astype(float)
    for z, share in zip(last.grid, last.curve, strict=True):
        exponentials = np.exp([sums[0], sums[1], z])
        assert share == pytest.approx(exponentials[2] / exponentials.sum(), abs=1e-6)
    assert last.grid.min() < last.z < last.grid.max()


@pytest.mark.parametrize(
    ("layer", "unit", "place", "words"),
    [
        (1, 0, None, "layer must be one with weights, not 1"),
        (9, 0, None, "layer must be one with weights, not 9"),
        (0, 4, None, "unit must be 0 to 3, not 4"),
        (0, 0, (9, 0), "place must lie in a map"),
        (0, 0, (-1, 0), "place must lie in a map"),
    ],
)
def test_what_is_not_there_is_refused(layer: int, unit: int, place, words: str):
    with pytest.raises(ValueError, match=words):
        neuron_pass(model("valid"), image(), layer, unit, place)


@pytest.mark.parametrize("stack", STACKS)
def test_weights_are_found_by_layer_without_keras(stack: str):
    built = model(stack)
    found = layer_weights(experiment(stack, "softmax"), read_state(built))
    expected = [(i, layer) for i, layer in enumerate(built.layers) if hasattr(layer, "kernel")]
    assert [layer.index for layer in found] == [index for index, _ in expected]
    for ours, (_, layer) in zip(found, expected, strict=True):
        np.testing.assert_array_equal(ours.kernel, layer.kernel.numpy())
        np.testing.assert_array_equal(ours.bias, layer.bias.numpy())
