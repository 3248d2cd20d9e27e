"""Layers and penalties whose numbers can change without compiling anew.

Keras builds a dropout rate and a penalty into the graph. Here they are variables of the graph, no
weights of the model, and the arithmetic is Keras's in the same order, so that a number gives the
same bits whether it is built in or set.
"""

from typing import Any

import keras
import tensorflow as tf

from nnlab.experiment import Dropout, Experiment


class SteeredDropout(keras.layers.Dropout):
    """`keras.layers.Dropout` with a rate that can be set."""

    def __init__(self, rate: float, seed: int, **kwargs: Any) -> None:
        super().__init__(rate or 0.5, seed=seed, **kwargs)  # with 0, Keras leaves out the seed
        self._numbers = tf.Variable([rate, 1.0], trainable=False)
        self.set_rate(rate)

    def set_rate(self, rate: float) -> None:
        """What share of the inputs is dropped from now on."""
        self._numbers.assign([rate, 1 / (1 - rate)])

    def call(self, inputs: tf.Tensor, training: bool = False) -> tf.Tensor:
        """As Keras's; with a rate of 0 it passes everything on and draws nothing."""
        if not training:
            return inputs
        rate, scale = tf.unstack(self._numbers)
        state = self.seed_generator.state
        seed = state.value * 1
        drawn = tf.cast(rate > 0, seed.dtype)
        state.assign_add(tf.stack([tf.zeros_like(drawn), drawn]))
        seed = tf.cast(tf.math.floormod(seed, tf.int32.max - 1), tf.int32)
        sample = tf.random.stateless_uniform(
            tf.shape(inputs), seed, dtype=inputs.dtype, alg="auto_select"
        )
        return tf.where(sample >= rate, inputs * scale, tf.zeros((), inputs.dtype))


class SteeredPenalty(keras.regularizers.Regularizer):
    """`keras.regularizers.L1L2` with penalties that can be set."""

    def __init__(self, l1: float, l2: float) -> None:
        self._numbers = tf.Variable([l1, l2], trainable=False)

    def set(self, l1: float, l2: float) -> None:
        """The penalties from now on."""
        self._numbers.assign([l1, l2])

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        """As Keras's; what is 0 adds 0."""
        l1, l2 = tf.unstack(self._numbers)
        return l1 * tf.reduce_sum(tf.abs(x)) + l2 * tf.reduce_sum(tf.square(x))


def set_dials(model: keras.Sequential, experiment: Experiment) -> None:
    """Give a model that was built to be steered the penalties and rates of `experiment`."""
    layers = (*experiment.layers, experiment.output)
    for layer, settings in zip(model.layers, layers, strict=True):
        if isinstance(layer, SteeredDropout) and isinstance(settings, Dropout):
            layer.set_rate(settings.rate)
        penalty = getattr(layer, "kernel_regularizer", None)
        if isinstance(penalty, SteeredPenalty):
            penalty.set(experiment.training.l1, experiment.training.l2)
