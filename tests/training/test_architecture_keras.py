"""Our arithmetic against the real Keras."""

import os
import random
from typing import Any

import pytest

from nnlab.architecture import summarize
from nnlab.experiment import (
    ACTIVATIONS,
    PADDINGS,
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Experiment,
    Flatten,
    Layer,
    MaxPooling2D,
)

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
keras = pytest.importorskip("keras")

STACKS: list[tuple[tuple[int, ...], list[Layer]]] = [
    ((28, 28, 1), [Flatten(), Dense(units=128), Dropout(rate=0.2)]),
    ((8, 8, 1), [Flatten(), Flatten(), BatchNormalization(), Activation(activation="gelu")]),
    ((2,), [Dense(units=3, activation="leaky_relu"), Dense(units=4)]),
    ((28, 28, 1), [Conv2D(), MaxPooling2D(), Conv2D(filters=64), MaxPooling2D(), Flatten()]),
    ((9, 14, 3), [Conv2D(strides=2), BatchNormalization(), MaxPooling2D(pool_size=3), Flatten()]),
    (
        (8, 8, 1),
        [Conv2D(kernel_size=15, strides=3, padding="same", filters=2), Dropout(), Flatten()],
    ),
]
REFUSED: list[tuple[tuple[int, ...], list[Layer]]] = [
    ((28, 28, 1), [Flatten(), Conv2D()]),
    ((28, 28, 1), [Flatten(), MaxPooling2D()]),
    ((8, 8, 1), [Conv2D(kernel_size=9)]),
    ((8, 8, 1), [MaxPooling2D(pool_size=9)]),
]


def random_stack(seed: int) -> tuple[tuple[int, ...], list[Layer]]:
    """A stack that `summarize` finds nothing wrong with."""
    rng = random.Random(seed)
    shape = (rng.randint(8, 32), rng.randint(8, 32), rng.choice([1, 3]))
    layers: list[Layer] = []
    for _ in range(rng.randint(0, 4)):
        trial = [*layers, image_layer(rng)]
        if not summarize(Experiment(layers=(*trial, Flatten())), shape, 10).problems:
            layers = trial
    layers.append(Flatten())
    layers += [flat_layer(rng) for _ in range(rng.randint(0, 4))]
    return shape, layers


def image_layer(rng: random.Random) -> Layer:
    conv = Conv2D(
        filters=rng.randint(1, 9),
        kernel_size=rng.randint(1, 7),
        strides=rng.randint(1, 3),
        padding=rng.choice(PADDINGS),
    )
    pool = MaxPooling2D(pool_size=rng.randint(2, 4))
    return rng.choice([conv, conv, pool, BatchNormalization(), Dropout(), Activation()])


def flat_layer(rng: random.Random) -> Layer:
    dense = Dense(units=rng.randint(1, 40), activation=rng.choice(ACTIVATIONS))
    return rng.choice([dense, Dropout(rate=0.5), BatchNormalization(), Flatten()])


def keras_layer(layer: Layer) -> Any:
    settings = layer.model_dump(exclude={"type", "kernel_stddev"})
    return getattr(keras.layers, layer.type)(**settings)


@pytest.mark.parametrize(("shape", "layers"), [*STACKS, *map(random_stack, range(30))])
def test_shapes_and_counts_are_those_of_keras(shape: tuple[int, ...], layers: list[Layer]) -> None:
    built = summarize(Experiment(layers=tuple(layers)), shape, 7)
    model = keras.Sequential([keras.Input(shape), *map(keras_layer, layers), keras.layers.Dense(7)])

    assert built.problems == ()
    assert [layer.output_shape for layer in built.layers] == [
        tuple(layer.output.shape[1:]) for layer in model.layers
    ]
    assert [layer.parameters for layer in built.layers] == [
        layer.count_params() for layer in model.layers
    ]
    trainable = sum(keras.ops.size(weight) for weight in model.trainable_weights)
    assert built.trainable_parameters == int(trainable)


@pytest.mark.parametrize(("shape", "layers"), REFUSED)
def test_what_we_refuse_keras_refuses_too(shape: tuple[int, ...], layers: list[Layer]) -> None:
    assert summarize(Experiment(layers=tuple(layers)), shape, 7).problems

    with pytest.raises(ValueError):  # noqa: PT011 - the words are Keras's
        keras.Sequential([keras.Input(shape), *map(keras_layer, layers)])
