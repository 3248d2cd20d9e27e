"""Softmax twice: as it is written, and as it must be computed."""

from collections.abc import Sequence
from typing import Any

import tensorflow as tf


def naive_softmax(z: tf.Tensor) -> tf.Tensor:
    """Probabilities (n,) of logits `z` (n,), by the definition; overflows for large logits."""
    exponentials = tf.exp(z)
    return exponentials / tf.reduce_sum(exponentials)


def stable_softmax(z: tf.Tensor) -> tf.Tensor:
    """The same, after taking off the largest logit: no exponent is above 0."""
    exponentials = tf.exp(z - tf.reduce_max(z))
    return exponentials / tf.reduce_sum(exponentials)


def both(logits: Sequence[float], shift: float) -> dict[str, Any]:
    """Both formulas in float32 on `logits` (n,) plus `shift`; NaN where the naive one breaks."""
    z = tf.constant(logits, tf.float32) + shift
    return {
        "logits": z.numpy(),
        "exponentials": tf.exp(z).numpy(),
        "naive": naive_softmax(z).numpy(),
        "stable": stable_softmax(z).numpy(),
    }
