"""How the layers of a network stand: their weights, outputs and gradients in short."""

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from nnlab.runs.moments import BINS, Distribution, LayerFacts

# The ends of activations that have two.
_ENDS = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}
NEAR_END = 0.01
# Values beyond so many are thinned evenly before they are counted into bins.
MOST_COUNTED = 50_000


def layer_facts(
    model: keras.Sequential, images: tf.Tensor, labels: tf.Tensor
) -> tuple[LayerFacts, ...]:
    """Facts of every layer.

    Args:
        model: compiled; it is left as it is.
        images: float32 (n, H, W, 1) in [0, 1].
        labels: classes int (n,), or targets float32 (n,).
    """
    outputs: list[tf.Tensor] = []
    with tf.GradientTape() as tape:
        value = images
        for layer in model.layers:
            value = layer(value, training=False)
            outputs.append(value)
        loss = model.loss(labels, value)  # without penalties: what the data alone ask for
    kernels = {layer.name: layer.kernel for layer in model.layers if hasattr(layer, "kernel")}
    gradients = tape.gradient(loss, [kernel.value for kernel in kernels.values()])
    by_layer = dict(zip(kernels, gradients, strict=True))
    return tuple(
        _facts(layer, output.numpy(), by_layer.get(layer.name))
        for layer, output in zip(model.layers, outputs, strict=True)
    )


def _facts(
    layer: keras.layers.Layer, output: NDArray[np.float32], gradient: tf.Tensor | None
) -> LayerFacts:
    activation = getattr(layer, "activation", None)
    name = activation.__name__ if activation is not None else None
    kernel = getattr(layer, "kernel", None)
    return LayerFacts(
        name=layer.name,
        kind=type(layer).__name__,
        activation=name,
        activations=distribution(output),
        weights=None if kernel is None else distribution(kernel.numpy()),
        gradients=None if gradient is None else distribution(gradient.numpy()),
        zero_share=zero_share(output),
        saturated_share=saturated_share(output, name),
    )


def distribution(values: NDArray[np.floating]) -> Distribution:
    """Any number of values in short; bins and ends are of the finite ones among them.

    The ends are those of all; only what is counted into the bins between them is thinned.
    """
    flat = values.reshape(-1)
    low, high = _extremes(flat)
    counted = flat[:: max(1, len(flat) // MOST_COUNTED)]
    finite = counted[np.isfinite(counted)]
    counts, _ = np.histogram(finite, BINS, (low, high if high > low else low + 1.0))
    return Distribution(
        mean=float(flat.mean(dtype=np.float64)),
        std=float(flat.std(dtype=np.float64)),
        zeros=float(np.mean(flat == 0)),
        low=low,
        high=high,
        counts=tuple(int(count) for count in counts),
    )


def _extremes(flat: NDArray[np.floating]) -> tuple[float, float]:
    """The smallest and the largest finite value; zeros where there is none."""
    low, high = float(flat.min()), float(flat.max())
    if np.isfinite(low) and np.isfinite(high):  # as nearly always: nothing has to be left out
        return low, high
    finite = flat[np.isfinite(flat)]
    return (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 0.0)


def zero_share(output: NDArray[np.float32]) -> NDArray[np.float32]:
    """For each unit (n, units), or channel (n, H, W, channels), the share of images with only 0."""
    inner = tuple(range(1, output.ndim - 1))
    return np.mean(~np.any(output, axis=inner), axis=0).astype(np.float32)


def saturated_share(output: NDArray[np.float32], activation: str | None) -> NDArray[np.float32]:
    """For each unit or channel the share of outputs near an end of the activation's range."""
    if activation not in _ENDS:
        return np.zeros(output.shape[-1], np.float32)
    low, high = _ENDS[activation]
    margin = NEAR_END * (high - low)
    near = (output <= low + margin) | (output >= high - margin)
    return near.mean(axis=tuple(range(output.ndim - 1))).astype(np.float32)
