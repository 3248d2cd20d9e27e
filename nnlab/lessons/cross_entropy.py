"""Three measures of a prediction, and how hard each pulls on its logits."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from tensorflow import Tensor

Measure = Callable[[Tensor, Tensor], Tensor]

CLASSES = 3
PROBABILITIES = np.linspace(0.01, 0.99, 99)


# fmt: off
def cross_entropy(
    y: Tensor, p: Tensor
) -> Tensor:
    """Loss (n,) of probabilities `p` (n, classes) where `y` marks the true class with 1."""
    log_p = tf.math.log(p)
    return -tf.reduce_sum(y * log_p, axis=-1)
# fmt: on


def mse(y: Tensor, p: Tensor) -> Tensor:
    """Mean squared error (n,) of the same."""
    return tf.reduce_mean((p - y) ** 2, axis=-1)


def accuracy(y: Tensor, p: Tensor) -> Tensor:
    """1 where the largest probability is the true class's, else 0, (n,)."""
    guess = tf.argmax(p, axis=-1)
    right = guess == tf.argmax(y, axis=-1)
    return tf.cast(right, tf.float32)


# fmt: off
def gradient(
    loss: Measure, y: Tensor, z: Tensor
) -> Tensor | None:
    """Derivative of the loss with respect to logits `z` (n, classes); None where there is none."""
    with tf.GradientTape() as tape:
        tape.watch(z)
        value = loss(y, tf.nn.softmax(z))
    return tape.gradient(value, z)
# fmt: on


MEASURES: dict[str, Measure] = {
    "cross_entropy": cross_entropy,
    "mse": mse,
    "accuracy": accuracy,
}


def curves() -> dict[str, Any]:
    """Each measure and its gradient over the true class's probability.

    Returns:
        `probability` (99,), and for each measure its name with (99,) values and, as
        `<name>_gradient`, the derivative with respect to the true class's logit.
    """
    return {"probability": PROBABILITIES} | _measured(PROBABILITIES)


def samples(probabilities: Sequence[float]) -> dict[str, Any]:
    """The same for single samples; a measure's cost is the mean over them, as `<name>_cost`."""
    measured = _measured(np.asarray(probabilities, float))
    costs = {f"{name}_cost": float(measured[name].mean()) for name in MEASURES}
    return {"probability": np.asarray(probabilities, float)} | measured | costs


def logits_of(probabilities: NDArray[np.floating]) -> Tensor:
    """Logits (n, 3) with these probabilities for the first class; two others share the rest."""
    rest = (1 - probabilities) / (CLASSES - 1)
    shares = np.stack([probabilities, *[rest] * (CLASSES - 1)], axis=-1)
    return tf.constant(np.log(shares), tf.float32)


def _measured(probabilities: NDArray[np.floating]) -> dict[str, Any]:
    z = logits_of(probabilities)
    y = tf.one_hot(tf.zeros(len(probabilities), tf.int32), CLASSES)
    made: dict[str, Any] = {}
    for name, measure in MEASURES.items():
        slope = gradient(measure, y, z)
        made[name] = measure(y, tf.nn.softmax(z)).numpy()
        # Accuracy is flat wherever it is not a step: nothing for gradient descent to follow.
        made[f"{name}_gradient"] = (tf.zeros_like(z) if slope is None else slope).numpy()[:, 0]
    return made
