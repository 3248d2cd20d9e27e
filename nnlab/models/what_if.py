"""A trained network that works as a surgery says. Its weights are read and never written."""

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from nnlab.analysis.surgery import Surgery

# Images at a time, so that a wide convolution's values stay within some hundred megabytes.
_AT_ONCE = 200

Images = NDArray[np.float32]


def probabilities_with(
    model: keras.Sequential, images: Images, surgery: Surgery
) -> NDArray[np.float32]:
    """Probabilities (n, classes) for images (n, H, W) in [0, 1].

    Several threads may ask the same model at once: it is not changed, its dropout seeds included.

    Args:
        model: its last layer is Dense, softmax or linear.
        images: float32.
        surgery: what is otherwise than in the model.

    Raises:
        ValueError: the surgery names a layer, a unit or a class that the model does not have.
    """
    _check(model, surgery)
    starts = range(0, max(1, len(images)), _AT_ONCE)
    parts = [_answer(model, images[i : i + _AT_ONCE], surgery, i) for i in starts]
    return np.concatenate([part.numpy() for part in parts])


def unit_norms(model: keras.Sequential) -> dict[int, NDArray[np.float32]]:
    """For each hidden layer with weights, by its position: float32 (units,), the Euclidean norm
    of each unit's or filter's incoming weights, its bias left out."""
    kernels = {
        index: layer.kernel.numpy()
        for index, layer in enumerate(model.layers[:-1])
        if hasattr(layer, "kernel")
    }
    return {
        index: np.linalg.norm(kernel.reshape(-1, kernel.shape[-1]), axis=0)
        for index, kernel in kernels.items()
    }


def _answer(model: keras.Sequential, images: Images, surgery: Surgery, start: int) -> tf.Tensor:
    hidden, output = model.layers[:-1], model.layers[-1]
    rates, masked = dict(surgery.dropout), _masked_before(model, surgery)
    value = tf.constant(images[..., np.newaxis], tf.float32)
    for index, layer in enumerate(hidden):
        if index == masked:
            value = _switched_off(model, value, surgery)
        if index in rates:
            seed = [surgery.draw, start * len(hidden) + index]
            value = _dropped(value, rates[index], seed)
        else:
            value = layer(value, training=False)
    if masked == len(hidden):
        value = _switched_off(model, value, surgery)
    logits = tf.matmul(value, output.kernel) + output.bias
    return tf.nn.softmax(_zeroed(logits, surgery.silenced))


def _masked_before(model: keras.Sequential, surgery: Surgery) -> int | None:
    """The next layer with weights after the one whose units are off.

    Only there, as a normalization or an activation in between may make something of 0.
    """
    if surgery.layer is None or not surgery.off:
        return None
    later = enumerate(model.layers[surgery.layer + 1 :], surgery.layer + 1)
    return next(index for index, layer in later if hasattr(layer, "kernel"))


def _switched_off(model: keras.Sequential, value: tf.Tensor, surgery: Surgery) -> tf.Tensor:
    """A flattened image has its channels side by side, pixel after pixel."""
    units = model.layers[surgery.layer].kernel.shape[-1]
    pixels = value.shape[-1] // units
    off = [pixel * units + unit for pixel in range(pixels) for unit in surgery.off]
    return _zeroed(value, off)


def _zeroed(value: tf.Tensor, places: list[int] | tuple[int, ...]) -> tf.Tensor:
    """With 0 at some places of the last axis, whatever was there."""
    if not places:
        return value
    kept = np.ones(value.shape[-1], bool)
    kept[list(places)] = False
    return tf.where(tf.constant(kept), value, tf.zeros_like(value))


def _dropped(value: tf.Tensor, rate: float, seed: list[int]) -> tf.Tensor:
    """As Keras's Dropout does in training; Keras's own would count on its seed, which is shared."""
    return tf.nn.experimental.stateless_dropout(value, rate, seed)


def _check(model: keras.Sequential, surgery: Surgery) -> None:
    hidden = model.layers[:-1]
    if surgery.layer is not None:
        norms = unit_norms(model).get(surgery.layer)
        if norms is None:
            raise ValueError(f"layer {surgery.layer} is no hidden layer with units")
        _check_numbers("unit", surgery.off, len(norms))
    for index, rate in surgery.dropout:
        if not (0 <= index < len(hidden) and isinstance(hidden[index], keras.layers.Dropout)):
            raise ValueError(f"layer {index} is no Dropout layer")
        if not 0 <= rate < 1:
            raise ValueError(f"a dropout rate must be at least 0 and less than 1, not {rate}")
    _check_numbers("class", surgery.silenced, model.output_shape[-1])


def _check_numbers(what: str, numbers: tuple[int, ...], total: int) -> None:
    wrong = [number for number in numbers if not 0 <= number < total]
    if wrong:
        raise ValueError(f"a {what} must be 0 to {total - 1}, not {wrong[0]}")
