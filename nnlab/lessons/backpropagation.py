"""Forward and backward through a network of 2, 3 and 1 units; by hand and by GradientTape."""

from collections.abc import Sequence
from typing import Any

import tensorflow as tf
from tensorflow import Tensor

# Where the parameters stand in a flat row of 13: W1 (2, 3), b1 (3,), W2 (3, 1), b2 (1,).
SHAPES = ((2, 3), (3,), (3, 1), (1,))


def forward(x: Tensor, W: list) -> tuple:
    """Hidden activations (1, 3) and output (1, 1) for inputs `x` (1, 2).

    `W` holds the lower weights and biases, then the upper ones, as in `SHAPES`.
    """
    h = tf.sigmoid(x @ W[0] + W[1])
    return h, h @ W[2] + W[3]


# fmt: off
def backward(x: Tensor, t: Tensor, W: list) -> tuple:
    """Derivatives of the loss (y − t)² by all of `W`, by the chain rule."""
    h, y = forward(x, W)
    dy = 2 * (y - t)
    dz = (dy @ tf.transpose(W[2])) * h * (1 - h)
    return (tf.transpose(x) @ dz, dz[0],
            tf.transpose(h) @ dy, dy[0])
# fmt: on


def automatic(x: Tensor, t: Tensor, W: list) -> list:
    """The same by automatic differentiation; `W` are variables, which the tape watches."""
    with tf.GradientTape() as tape:
        loss = (forward(x, W)[1] - t) ** 2
    return tape.gradient(loss, W)


def passes(parameters: Sequence[float], x1: float, x2: float, target: float) -> dict[str, Any]:
    """One pass forward and one backward.

    Args:
        parameters: the 13 numbers in the order of `SHAPES`.
        x1, x2: inputs.
        target: what the output should be.

    Returns:
        `z` and `h` (3,), hidden sums and activations; `y`; `loss`; `dy`, `dh` (3,), `dz` (3,),
        the loss's derivatives by them; `by_hand` and `by_tape` (13,), those by the parameters.
    """
    x, t, W = tf.constant([[x1, x2]]), tf.constant([[target]]), _variables(parameters)
    h, y = forward(x, W)
    by_hand = backward(x, t, W)
    dy = float(by_hand[3][0])
    return {
        "z": (x @ W[0] + W[1]).numpy()[0],
        "h": h.numpy()[0],
        "y": float(y[0, 0]),
        "loss": float((y - t)[0, 0] ** 2),
        "dy": dy,
        "dh": dy * W[2].numpy()[:, 0],
        "dz": by_hand[1].numpy(),
        "by_hand": _row(by_hand),
        "by_tape": _row(automatic(x, t, W)),
    }


def _variables(parameters: Sequence[float]) -> list[tf.Variable]:
    row, found, start = tf.constant(parameters, tf.float32), [], 0
    for shape in SHAPES:
        size = int(tf.reduce_prod(shape))
        found.append(tf.Variable(tf.reshape(row[start : start + size], shape)))
        start += size
    return found


def _row(tensors: Sequence[Tensor]) -> Any:
    return tf.concat([tf.reshape(tensor, [-1]) for tensor in tensors], axis=0).numpy()
