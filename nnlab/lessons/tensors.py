"""Tensors: shapes that are broadcast, data types that overflow, values that cannot be changed."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import tensorflow as tf
from tensorflow import Tensor, Variable


def multiply(a: Tensor, b: Tensor) -> Tensor:
    """Product element by element, the shapes broadcast to each other."""
    return a * b


# fmt: off
def add(
    a: float, b: float, dtype: str
) -> Tensor:
    """Sum in the arithmetic of `dtype`: an integer that is too large wraps around."""
    x = tf.constant(a, dtype)
    y = tf.constant(b, dtype)
    return x + y
# fmt: on


def set_constant(i: int, new: int) -> None:
    """Assign into a tensor.

    Raises:
        TypeError: always; tensors are immutable.
    """
    t = tf.constant([1, 2, 3])
    t[i] = new  # TypeError


def set_variable(i: int, new: int) -> Variable:
    """A variable holding a tensor, one of its three values replaced."""
    v = tf.Variable([1, 2, 3])
    v[i].assign(new)
    return v


def broadcast(shape_a: Sequence[int], shape_b: Sequence[int], first: float) -> dict[str, Any]:
    """A × B for A = 1, 2, 3, ... and B = `first`, `first` + 1, ... of these shapes.

    Returns:
        `a` and `b`; `product`, or None and TensorFlow's `error` where the shapes clash.
    """
    a, b = _counting(1, shape_a), _counting(int(first), shape_b)
    made: dict[str, Any] = {"a": a.numpy(), "b": b.numpy(), "product": None, "error": ""}
    try:
        made["product"] = multiply(a, b).numpy()
    except tf.errors.InvalidArgumentError as error:
        made["error"] = _in_short(error)
    return made


def pixels(a: float, b: float) -> dict[str, Any]:
    """The sum of two pixels (0 to 255) in three arithmetics, and the error where they are mixed.

    Returns:
        `uint8`, `float32` and `scaled` (both divided by 255), each (a, b, sum); `error`.
    """
    return {
        "uint8": (int(a), int(b), int(add(int(a), int(b), "uint8"))),
        "float32": (a, b, float(add(a, b, "float32"))),
        "scaled": (a / 255, b / 255, float(add(a / 255, b / 255, "float32"))),
        "error": _error_of(
            lambda: multiply(tf.constant(int(a), "uint8"), tf.constant(b, "float32"))
        ),
    }


def change(position: float, new: float) -> dict[str, Any]:
    """What becomes of a constant and of a variable when a value is to be replaced.

    Returns:
        `constant`, the values before; `error`, TensorFlow's; `variable`, the values after.
    """
    return {
        "constant": tf.constant([1, 2, 3]).numpy(),
        "error": _error_of(lambda: set_constant(int(position), int(new))),
        "variable": set_variable(int(position), int(new)).numpy(),
    }


def _counting(first: int, shape: Sequence[int]) -> Tensor:
    size = int(np.prod(shape, dtype=int))
    return tf.reshape(tf.range(first, first + size), shape)


def _error_of(attempt: Callable[[], Any]) -> str:
    try:
        attempt()
    except (TypeError, tf.errors.InvalidArgumentError) as error:
        return _in_short(error)
    return ""


def _in_short(error: Exception) -> str:
    """TensorFlow's own words, without the names of its inner operations around them."""
    words = str(error).split("}} ")[-1].split(" [Op:")[0]
    return f"{type(error).__name__}: {words}"
