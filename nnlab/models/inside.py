"""What goes on inside a network: every layer's output, and one unit at work."""

from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from nnlab.analysis.patches import patch_at
from nnlab.analysis.weighted_sum import NeuronPass

# How far the activation's curve reaches at least, to both sides of zero.
REACH = 3.0
POINTS = 121

Image = NDArray[np.float32]


def layer_outputs(model: keras.Sequential, image: Image) -> list[NDArray[np.float32]]:
    """What each layer makes of an image, without dropout, in the order of the layers.

    Args:
        model: the network.
        image: float32 (H, W) in [0, 1].

    Returns:
        For each layer float32 (units,) or (height, width, channels).
    """
    value, found = _input(image), []
    for layer in model.layers:
        value = layer(value, training=False)
        found.append(value.numpy()[0])
    return found


def neuron_pass(
    model: keras.Sequential,
    image: Image,
    layer: int,
    unit: int,
    place: tuple[int, int] | None = None,
) -> NeuronPass:
    """One unit of a layer with weights at work on an image.

    Args:
        model: the network.
        image: float32 (H, W) in [0, 1].
        layer: place of the layer in the network, from 0.
        unit: which of its units, or filters.
        place: row and column in the filter's map; None for where its weighted sum is largest.
            A Dense layer has no map and takes no notice.

    Raises:
        ValueError: there is no such layer with weights, unit, or place.
    """
    chosen = _layer(model, layer, unit)
    value = _input(image)
    for before in model.layers[:layer]:
        value = before(value, training=False)
    sums = _sums(chosen, value)[0]
    if isinstance(chosen, keras.layers.Conv2D):
        place = _place(sums[..., unit].numpy(), place)
        inputs = _patch(chosen, value[0].numpy(), place)
        row = sums[place[0], place[1]]
    else:
        place, inputs, row = None, value[0].numpy(), sums
    grid, curve = _curve(chosen.activation, row, unit)
    return NeuronPass(
        inputs=inputs,
        weights=chosen.kernel.numpy()[..., unit],
        bias=float(chosen.bias.numpy()[unit]),
        z=float(row[unit]),
        output=float(chosen.activation(row[tf.newaxis])[0, unit]),
        place=place,
        grid=grid,
        curve=curve,
    )


def _input(image: Image) -> tf.Tensor:
    return tf.constant(image[np.newaxis, ..., np.newaxis], tf.float32)


def _layer(model: keras.Sequential, layer: int, unit: int) -> Any:
    if not 0 <= layer < len(model.layers) or not hasattr(model.layers[layer], "kernel"):
        raise ValueError(f"layer must be one with weights, not {layer}")
    chosen = model.layers[layer]
    units = chosen.kernel.shape[-1]
    if not 0 <= unit < units:
        raise ValueError(f"unit must be 0 to {units - 1}, not {unit}")
    return chosen


def _sums(layer: Any, value: tf.Tensor) -> tf.Tensor:
    """Weighted sums with the bias: the layer without its activation."""
    if isinstance(layer, keras.layers.Conv2D):
        return layer.convolution_op(value, layer.kernel) + layer.bias
    return tf.matmul(value, layer.kernel) + layer.bias


def _place(sums: NDArray[np.float32], asked: tuple[int, int] | None) -> tuple[int, int]:
    if asked is None:
        row, column = np.unravel_index(int(np.argmax(sums)), sums.shape)
        return int(row), int(column)
    if not all(0 <= at < length for at, length in zip(asked, sums.shape, strict=True)):
        raise ValueError(f"place must lie in a map of {sums.shape}, not {asked}")
    return asked


def _patch(layer: Any, value: NDArray[np.float32], place: tuple[int, int]) -> NDArray[np.float32]:
    return patch_at(value, place, layer.kernel_size[0], layer.strides[0], layer.padding)


def _curve(
    activation: Any, row: tf.Tensor, unit: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The activation around the unit's sum, the layer's other sums `row` (units,) as they are."""
    reach = max(REACH, 1.25 * abs(float(row[unit])))
    grid = np.linspace(-reach, reach, POINTS, dtype=np.float32)
    rows = np.repeat(row.numpy()[np.newaxis], POINTS, axis=0)
    rows[:, unit] = grid
    return grid, activation(tf.constant(rows)).numpy()[:, unit]
