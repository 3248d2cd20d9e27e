"""The matrix products or convolutions of an epoch and nothing else, on one thread."""

import os
from collections.abc import Callable
from itertools import pairwise

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf

from benchmarks.images import N
from benchmarks.networks import batch_size

WIDTHS = {"784-128-10": (784, 128, 10), "784-512-512-10": (784, 512, 512, 10)}


def prepare(network: str) -> Callable[[], None]:
    step = _convolutions(batch_size("cnn")) if network == "cnn" else _products(network)

    @tf.function(autograph=False)
    def steps(n: tf.Tensor) -> tf.Tensor:
        """The results are added up, or they would not be computed."""
        return tf.while_loop(
            lambda i, _: i < n, lambda i, total: (i + 1, total + step()), [0, tf.zeros(())]
        )[1]

    steps(tf.constant(1))
    count = tf.constant(-(-N // batch_size(network)))
    return lambda: float(steps(count))


def prepare_one_thread(network: str) -> Callable[[], None]:
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    return prepare(network)


def _products(network: str) -> Callable[[], tf.Tensor]:
    """Each layer's product forwards, for its weights' gradient, and for its inputs'."""
    batch, widths = batch_size(network), WIDTHS[network]
    pairs = list(pairwise(widths))
    inputs = [tf.Variable(tf.random.normal((batch, n))) for n, _ in pairs]
    weights = [tf.Variable(tf.random.normal(pair)) for pair in pairs]
    deltas = [tf.Variable(tf.random.normal((batch, m))) for _, m in pairs]

    def step() -> tf.Tensor:
        results = []
        for layer in range(len(pairs)):
            x, w, d = (values[layer].read_value() for values in (inputs, weights, deltas))
            results += [x @ w, tf.matmul(x, d, transpose_a=True)]
            if layer:  # nobody asks for the images' gradient
                results.append(tf.matmul(d, w, transpose_b=True))
        return tf.add_n([result[0, 0] for result in results])

    return step


def _convolutions(batch: int) -> Callable[[], tf.Tensor]:
    """Both convolutions and the output layer, forwards and backwards."""
    one, two = (batch, 28, 28, 1), (batch, 13, 13, 32)
    shapes = [(one, (3, 3, 1, 32), (batch, 26, 26, 32)), (two, (3, 3, 32, 64), (batch, 11, 11, 64))]
    values = [[tf.Variable(tf.random.normal(s)) for s in group] for group in shapes]

    def step() -> tf.Tensor:
        results = []
        for index, group in enumerate(values):
            x, kernel, delta = (value.read_value() for value in group)
            options = {"strides": [1, 1, 1, 1], "padding": "VALID"}
            results.append(tf.nn.conv2d(x, kernel, **options))
            results.append(
                tf.raw_ops.Conv2DBackpropFilter(
                    input=x, filter_sizes=kernel.shape, out_backprop=delta, **options
                )
            )
            if index:
                results.append(
                    tf.raw_ops.Conv2DBackpropInput(
                        input_sizes=x.shape, filter=kernel, out_backprop=delta, **options
                    )
                )
        return tf.add_n([result[0, 0, 0, 0] for result in results])

    return step
