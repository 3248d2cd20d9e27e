"""Softmax twice: as it is written, and as it must be computed."""

from collections.abc import Sequence
from typing import Any

import tensorflow as tf
from tensorflow import Tensor


def naive_softmax(z: Tensor) -> Tensor:
    """Probabilities (n,) of logits `z` (n,), by the definition; overflows for large logits."""
    e = tf.exp(z)
    return e / tf.reduce_sum(e)


def stable_softmax(z: Tensor) -> Tensor:
    """The same, after taking off the largest logit: no exponent is above 0."""
    e = tf.exp(z - tf.reduce_max(z))
    return e / tf.reduce_sum(e)


def both(logits: Sequence[float], shift: float) -> dict[str, Any]:
    """Both formulas in float32 on `logits` (n,) plus `shift`; NaN where the naive one breaks.

    Returns:
        `logits` as shifted, `exponentials` and `stable_exponentials`, the numerators of both
        formulas, and the probabilities `naive` and `stable`, each (n,).
    """
    z = tf.constant(logits, tf.float32) + shift
    return {
        "logits": z.numpy(),
        "exponentials": tf.exp(z).numpy(),
        "stable_exponentials": tf.exp(z - tf.reduce_max(z)).numpy(),
        "naive": naive_softmax(z).numpy(),
        "stable": stable_softmax(z).numpy(),
    }
