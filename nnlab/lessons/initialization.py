"""What the size of the starting weights does to signals and gradients in a stack of layers."""

import functools
from itertools import pairwise
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from tensorflow import Tensor

from nnlab.datasets import load_arrays

IMAGES = "mnist_5k"
N_IMAGES = 100
CLASSES = 10
BINS = 24

_FLAT = 0.99  # beyond this share of its range, tanh and sigmoid have hardly any slope left


def draw_weights(sizes: list, std: float) -> list:
    """A matrix (inputs, outputs) between each two neighbours in `sizes`, normal with `std`."""
    weights: list[Tensor] = []
    for shape in pairwise(sizes):
        seed = [0, len(weights)]
        w = tf.random.stateless_normal(shape, seed)
        weights.append(std * w)
    return weights


def forward(x: Tensor, weights: list, f: Any) -> list:
    """Images `x` (n, pixels), each hidden layer's activations f(…), and the logits (n, classes).

    There are no biases, as these begin at 0.
    """
    layers = [x]
    for w in weights[:-1]:
        layers.append(f(layers[-1] @ w))
    return [*layers, layers[-1] @ weights[-1]]


def stack(
    depth: int, units: int, std: float, activation: str, span: tuple[float, float]
) -> dict[str, Any]:
    """A batch of real digits through an untrained stack, and the gradient back.

    Args:
        depth: hidden layers.
        units: in each of them.
        std: standard deviation of all weights.
        activation: "relu", "tanh" or "sigmoid".
        span: of the histograms; values beyond are counted in the first and the last bin, and
            ReLU's zeros, being half of all, are left out.

    Returns:
        by hidden layer (depth,): `mean`, `std`, `at_edge` (see `share_at_edge`), `histogram`
        (BINS,) of counts; `gradient` (depth + 1,), the root mean square of the loss's gradient
        by the weights into each layer, the output layer last; `loss`. What overflows float32 is
        infinite or NaN.
    """
    images, labels = _batch()
    weights = draw_weights([images.shape[1], *[units] * depth, CLASSES], std)
    with tf.GradientTape() as tape:
        tape.watch(weights)
        layers = forward(images, weights, getattr(tf.nn, activation))
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, layers[-1])
        loss = tf.reduce_mean(losses)
    hidden = [layer.numpy() for layer in layers[1:-1]]
    return {
        "mean": [float(layer.mean()) for layer in hidden],
        "std": [float(layer.std()) for layer in hidden],
        "at_edge": [share_at_edge(layer, activation) for layer in hidden],
        "histogram": [_histogram(layer, span, activation) for layer in hidden],
        "gradient": [_size(each) for each in tape.gradient(loss, weights)],
        "loss": float(loss),
    }


def share_at_edge(values: NDArray[np.float32], activation: str) -> float:
    """How many activations pass (almost) no gradient on: zeros of ReLU, flat ends of others."""
    if activation == "relu":
        return float((values == 0).mean())
    low = -_FLAT if activation == "tanh" else 1 - _FLAT
    return float(((values < low) | (values > _FLAT)).mean())


def _histogram(
    values: NDArray[np.float32], span: tuple[float, float], activation: str
) -> NDArray[np.int64]:
    """Counts by bin; counting whole numbers is ten times as fast as `np.histogram`."""
    low, high = span
    counted = values[values != 0] if activation == "relu" else values.ravel()
    bins = ((np.clip(counted, low, high) - low) * (BINS / (high - low))).astype(np.int64)
    return np.bincount(np.minimum(bins, BINS - 1), minlength=BINS)


def _size(gradient: Tensor) -> float:
    """Root of the mean square; in float64, as squares of vanishing gradients leave float32."""
    return float(np.sqrt(np.mean(np.square(gradient.numpy().astype(np.float64)))))


@functools.cache
def _batch() -> tuple[Tensor, Tensor]:
    """Images (N_IMAGES, pixels) from 0 to 1 of all classes in turn, and their labels."""
    arrays = load_arrays(IMAGES)
    chosen = slice(None, None, len(arrays.y_train) // N_IMAGES)
    images = arrays.x_train[chosen].reshape(N_IMAGES, -1) / np.float32(255)
    return tf.constant(images), tf.constant(arrays.y_train[chosen])
