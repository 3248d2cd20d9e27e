"""A neuron, and what a second layer on top of it adds: with a linear activation, nothing."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf
from tensorflow import Tensor

Activation = Callable[[Tensor], Tensor]

ACTIVATIONS: dict[str, Activation] = {
    "step": lambda z: (tf.sign(z) + 1) / 2,
    "linear": tf.identity,
    "sigmoid": tf.sigmoid,
    "tanh": tf.tanh,
    "ReLU": tf.nn.relu,
    "ELU": tf.nn.elu,
}
# The second hidden neuron, and the neuron on top of both: fixed, so that yours is what moves.
OTHER_WEIGHTS, OTHER_BIAS = (-2.0, 1.0), -1.0
TOP_WEIGHTS, TOP_BIAS = (1.0, 1.0), -0.5

INPUTS = np.linspace(-1, 1, 33, dtype=np.float32)
SUMS = np.linspace(-6, 6, 121, dtype=np.float32)


class Net(NamedTuple):
    """Two layers: weights W1 (2, 2), biases b1 (1, 2), then W2 (2, 1), b2 (1, 1).

    `f` is the activation between the two.
    """

    W1: Tensor
    b1: Tensor
    W2: Tensor
    b2: Tensor
    f: Activation


# fmt: off
def layer(
    x: Tensor, W: Tensor, b: Tensor
) -> Tensor:
    """Weighted sums (n, units) of inputs `x` (n, inputs), each with its bias."""
    return x @ W + b
# fmt: on


def slope(z: Tensor, f: Activation) -> Tensor:
    """Derivative of the activation `f` at each `z`, by automatic differentiation."""
    with tf.GradientTape() as tape:
        tape.watch(z)
        output = f(z)
    return tape.gradient(output, z)


def two_layers(x: Tensor, n: Net) -> Tensor:
    """Output (n, 1) of both layers; the upper one has no activation."""
    hidden = n.f(layer(x, n.W1, n.b1))
    return layer(hidden, n.W2, n.b2)


def one_layer(x: Tensor, n: Net) -> Tensor:
    """Both layers multiplied out into one, as if there were no activation between them."""
    W = n.W1 @ n.W2
    b = n.b1 @ n.W2 + n.b2
    return layer(x, W, b)


def alone(
    w1: float, w2: float, bias: float, x1: float, x2: float, activation: str
) -> dict[str, Any]:
    """One neuron at the inputs (`x1`, `x2`), its activation function, and its map.

    Returns:
        `z`, `output` and `slope` at the inputs; `sums` (121,) with `curve` and `slopes` of the
        activation; `inputs` (33,) with `map` (33, 33), the output by x2 (row) and x1 (column).
    """
    W, b, f = _float([[w1], [w2]]), _float([[bias]]), ACTIVATIONS[activation]
    z, sums = layer(_float([[x1, x2]]), W, b), tf.constant(SUMS)
    return {
        "z": float(z[0, 0]),
        "output": float(f(z)[0, 0]),
        "slope": float(slope(z, f)[0, 0]),
        "sums": SUMS,
        "curve": f(sums).numpy(),
        "slopes": slope(sums, f).numpy(),
        "inputs": INPUTS,
        "map": _as_map(f(layer(_plane(), W, b))),
    }


def stacked(
    w1: float, w2: float, bias: float, x1: float, x2: float, activation: str
) -> dict[str, Any]:
    """The neuron and a fixed one beside it, with a second layer of one neuron on top.

    Returns:
        `two` and `one`, what two layers and the single one give at the inputs; the single
        layer's `weights` (2,) and `bias`; `inputs` (33,) with `map` (33, 33) of the two layers,
        and `cut_two` and `cut_one` (33,), the outputs along x1 at this x2.
    """
    n = network(w1, w2, bias, activation)
    here, cut = _float([[x1, x2]]), np.stack([INPUTS, np.full_like(INPUTS, x2)], axis=1)
    return {
        "two": float(two_layers(here, n)[0, 0]),
        "one": float(one_layer(here, n)[0, 0]),
        "weights": (n.W1 @ n.W2).numpy()[:, 0],
        "bias": float(one_layer(tf.zeros((1, 2)), n)[0, 0]),
        "inputs": INPUTS,
        "map": _as_map(two_layers(_plane(), n)),
        "cut_two": two_layers(tf.constant(cut), n).numpy()[:, 0],
        "cut_one": one_layer(tf.constant(cut), n).numpy()[:, 0],
    }


def network(w1: float, w2: float, bias: float, activation: str) -> Net:
    """The two layers of `stacked`."""
    return Net(
        W1=_float([[w1, OTHER_WEIGHTS[0]], [w2, OTHER_WEIGHTS[1]]]),
        b1=_float([[bias, OTHER_BIAS]]),
        W2=_float([[TOP_WEIGHTS[0]], [TOP_WEIGHTS[1]]]),
        b2=_float([[TOP_BIAS]]),
        f=ACTIVATIONS[activation],
    )


def _plane() -> Tensor:
    """All pairs (x1, x2), (33 · 33, 2), row by row of x2."""
    x1, x2 = np.meshgrid(INPUTS, INPUTS)
    return tf.constant(np.stack([x1.ravel(), x2.ravel()], axis=1))


def _float(values: Sequence[Sequence[float]]) -> Tensor:
    """Whole numbers too become float32, as TensorFlow does not mix them with fractions."""
    return tf.constant(values, tf.float32)


def _as_map(outputs: Tensor) -> np.ndarray:
    return outputs.numpy().reshape(len(INPUTS), len(INPUTS))
