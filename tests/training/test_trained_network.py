"""A trained network taken apart: features, logits and attributions against independent ones."""

import keras
import numpy as np
import pytest

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
from nnlab.models.attribution import COMPLETE, integrated_gradients, occlusion, patch_side
from nnlab.models.build import build_model
from nnlab.models.trained import TrainedNetwork

RNG = np.random.default_rng(0)
STACKS = {
    "linear": (Flatten(),),
    "dense": (Flatten(), Dense(units=24), Dropout(rate=0.5), Dense(units=12, activation="gelu")),
    "convolutional": (
        Conv2D(filters=4), BatchNormalization(), Activation(activation="leaky_relu"),
        MaxPooling2D(), Flatten(), Dense(units=12, activation="tanh"),
    ),
}  # fmt: skip


def network(stack: str, output: str = "softmax") -> TrainedNetwork:
    """Random weights, far enough from their start that no value is zero."""
    experiment = Experiment(layers=STACKS[stack], output=Output(activation=output))
    model = build_model(experiment, (12, 12, 1), 3)
    lot = np.random.default_rng(1)
    for variable in model.variables:
        if "seed" not in variable.path and "moving_variance" not in variable.path:
            variable.assign(variable.numpy() + lot.normal(0, 0.2, variable.shape))
    return TrainedNetwork(model)


def image() -> np.ndarray:
    """A blot with black around it."""
    drawn = np.zeros((12, 12), np.float32)
    drawn[2:9, 4:8] = RNG.uniform(0.2, 1, (7, 4))
    return drawn


@pytest.mark.parametrize("output", ["softmax", "linear"])
@pytest.mark.parametrize("stack", STACKS)
def test_the_parts_together_are_the_whole(stack: str, output: str):
    parts, images = network(stack, output), RNG.random((130, 12, 12), np.float32)
    whole = parts.model.predict(images[..., np.newaxis], verbose=0)
    if output == "linear":
        np.testing.assert_allclose(parts.logits_of(parts.features(images)), whole, atol=1e-4)
        whole = np.asarray(keras.ops.softmax(whole))
    np.testing.assert_allclose(parts.probabilities(images), whole, atol=1e-5)


def test_no_images_have_no_features():
    assert network("dense").features(np.zeros((0, 12, 12), np.float32)).shape == (0, 12)


def test_without_a_hidden_layer_the_features_are_the_pixels():
    images = RNG.random((3, 12, 12), np.float32)
    np.testing.assert_array_equal(network("linear").features(images), images.reshape(3, -1))


@pytest.mark.parametrize("output", ["softmax", "linear"])
def test_in_a_linear_network_a_pixel_counts_by_its_weight(output: str):
    drawn, linear = image(), network("linear", output)
    found, _ = integrated_gradients(linear, drawn, 2)
    weights = linear.model.layers[-1].kernel.numpy()[:, 2].reshape(12, 12)
    np.testing.assert_allclose(found, weights * drawn, atol=1e-6)


@pytest.mark.parametrize("output", ["softmax", "linear"])
@pytest.mark.parametrize("stack", STACKS)
def test_attributions_add_up_to_the_change_of_the_logit(stack: str, output: str):
    drawn, asked = image(), network(stack, output)
    ends = asked.logits_of(asked.features(np.stack([drawn, np.zeros_like(drawn)]))).numpy()
    for target in range(3):
        found, _ = integrated_gradients(asked, drawn, target)
        change = ends[0, target] - ends[1, target]
        assert found.sum() == pytest.approx(change, rel=COMPLETE, abs=1e-5)
        assert not found[drawn == 0].any()


@pytest.mark.parametrize("stack", ["dense", "convolutional"])
def test_occlusion_against_one_patch_at_a_time(stack: str):
    drawn, asked = image(), network(stack)
    reach = patch_side(12) // 2
    before = asked.model.predict(drawn[np.newaxis, ..., np.newaxis], verbose=0)[0, 1]
    blanked = np.repeat(drawn[np.newaxis], 144, axis=0)
    for number in range(144):
        row, column = divmod(number, 12)
        for r in range(12):
            for c in range(12):
                if abs(r - row) <= reach and abs(c - column) <= reach:
                    blanked[number, r, c] = 0
    after = asked.model.predict(blanked[..., np.newaxis], verbose=0)[:, 1]
    found = occlusion(asked, drawn, 1)
    np.testing.assert_allclose(found, (before - after).reshape(12, 12), atol=1e-5)
    assert np.abs(found).max() > 1e-3


def test_a_black_image_gives_no_reasons():
    black, asked = np.zeros((12, 12), np.float32), network("dense")
    assert not occlusion(asked, black, 0).any()
    assert not integrated_gradients(asked, black, 0)[0].any()


@pytest.mark.parametrize(("side", "patch"), [(28, 5), (8, 1), (12, 3)])
def test_the_patch_has_a_middle(side: int, patch: int):
    assert patch_side(side) == patch
