"""The same passes over the same points in batches of different sizes: the path, and the time."""

import functools
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf
from tensorflow import Tensor

from nnlab.datasets import load_arrays
from nnlab.lessons import linear_regression as line_fit

PASSES = 10
START = (1.0, 0.0)
N_POINTS = line_fit.N_POINTS
POINT_SIZES = (1, 8, 40)
IMAGES = "mnist_5k"
IMAGE_SIZES = (1, 32, 256, 5000)
IMAGE_RATE = 0.01
ROUNDS = 3

x, y, surface = line_fit.x, line_fit.y, line_fit.surface


def take(
    order: Tensor,
    number: Tensor,
    size: Tensor,
) -> Tensor:
    """The samples of batch `number`, 0 for the first; the last batch may be smaller."""
    first = number * size
    return order[first : first + size]


def gradient(line: Tensor, batch: Tensor) -> Tensor:
    """Of the mean squared error of `line` (2,), slope and intercept, over the batch's points."""
    xs, ys = tf.gather(x, batch), tf.gather(y, batch)
    with tf.GradientTape() as tape:
        tape.watch(line)
        errors = line[0] * xs + line[1] - ys
        loss = tf.reduce_mean(errors**2)
    return tape.gradient(loss, line)


def step(line: Tensor, batch: Tensor, rate: Tensor) -> Tensor:
    """The line (2,) after one step."""
    return line - rate * gradient(line, batch)


def paths(batch_size: int, learning_rate: float, shuffle: int) -> dict[str, Any]:
    """PASSES passes from START, the points shuffled anew before each.

    Returns:
        `slope`, `intercept`, `loss` of all points (steps + 1,), and `steps_per_pass`.
    """
    orders = tf.constant(_orders(shuffle), tf.int32)
    size = tf.constant(batch_size, tf.int32)
    lines, losses = _walk(orders, size, tf.constant(learning_rate, tf.float32))
    slopes, intercepts = lines.numpy().T
    return {
        "slope": slopes,
        "intercept": intercepts,
        "loss": losses.numpy(),
        "steps_per_pass": -(-N_POINTS // batch_size),
    }


def _orders(shuffle: int) -> np.ndarray:
    """In which order each pass takes the points (PASSES, N_POINTS)."""
    rng = np.random.default_rng(shuffle)
    return np.array([rng.permutation(N_POINTS) for _ in range(PASSES)])


@tf.function
def _walk(orders: Tensor, size: Tensor, rate: Tensor) -> tuple[Tensor, Tensor]:
    """Lines (steps + 1, 2) and losses (steps + 1,); the last batch of a pass may be smaller."""
    steps = -(-N_POINTS // size)
    line = tf.constant(START)
    lines = tf.TensorArray(tf.float32, PASSES * steps + 1).write(0, line)
    for i in tf.range(PASSES * steps):
        line = step(line, take(orders[i // steps], i % steps, size), rate)
        lines = lines.write(i + 1, line)
    walked = lines.stack()
    return walked, tf.vectorized_map(line_fit.mean_squared_error, walked)


def measure(attempt: int) -> dict[str, Any]:
    """How long one pass takes on this computer, the least of ROUNDS.

    Args:
        attempt: asked again with another number, it is measured anew.

    Returns:
        `point_sizes`, `point_seconds` for the line; `image_sizes`, `image_seconds` for a layer
        of ten units on 5,000 digits of 784 pixels each; with `point_steps`, `image_steps`.
    """
    del attempt
    on_images = _images_pass()
    n_images = IMAGE_SIZES[-1]
    return {
        "point_sizes": POINT_SIZES,
        "point_steps": [-(-N_POINTS // size) for size in POINT_SIZES],
        "point_seconds": [_seconds(_points_pass, size) for size in POINT_SIZES],
        "image_sizes": IMAGE_SIZES,
        "image_steps": [-(-n_images // size) for size in IMAGE_SIZES],
        "image_seconds": [_seconds(on_images, size) for size in IMAGE_SIZES],
    }


def _seconds(one_pass: Callable[[Tensor], Tensor], size: int) -> float:
    """The least of a few: whatever else the computer does can only make it longer."""
    argument = tf.constant(size, tf.int32)
    one_pass(argument)  # the first call compiles
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        one_pass(argument).numpy()
        times.append(time.perf_counter() - began)
    return min(times)


@tf.function
def _points_pass(size: Tensor) -> Tensor:
    """The line after a pass from START."""
    line, rate, order = tf.constant(START), tf.constant(0.01), tf.range(N_POINTS)
    for number in tf.range(-(-N_POINTS // size)):
        line = step(line, take(order, number, size), rate)
    return line


@functools.cache
def _images_pass() -> Callable[[Tensor], Tensor]:
    """A pass of one layer of ten units over the images; returns its weights (784, 10)."""
    arrays = load_arrays(IMAGES)
    images = tf.constant(arrays.x_train.reshape(len(arrays.x_train), -1) / np.float32(255))
    labels = tf.constant(arrays.y_train)

    @tf.function
    def one_pass(size: Tensor) -> Tensor:
        weights = tf.zeros((images.shape[1], 10))
        for first in tf.range(0, len(labels), size):
            batch = slice(first, first + size)
            with tf.GradientTape() as tape:
                tape.watch(weights)
                logits = images[batch] @ weights
                losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels[batch], logits)
                loss = tf.reduce_mean(losses)
            weights -= IMAGE_RATE * tape.gradient(loss, weights)
        return weights

    return one_pass
