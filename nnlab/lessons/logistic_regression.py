"""Multiclass logistic regression from scratch, by gradient descent over all images at once."""

import functools
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from tensorflow import Tensor, Variable

from nnlab.datasets import load_splits
from nnlab.experiment import Dataset

CLASSES = 10
FEW = 500  # images, of the published run
LAST_PRINTED, STEPS = 900, 1000  # step of the last printed training figures, steps in all

Part = tuple[Tensor, Tensor]


def model(x: Tensor, W: Tensor, b: Tensor) -> Tensor:
    """Probabilities (n, 10) of images `x` (n, pixels) by weights (pixels, 10) and biases (10,)."""
    return tf.nn.softmax(x @ W + b)


def cross_entropy(y: Tensor, p: Tensor) -> Tensor:
    """Mean of −log(probability of the right class): labels `y` (n,), probabilities (n, 10)."""
    right = tf.gather(p, y, batch_dims=1)
    return -tf.reduce_mean(tf.math.log(right))


# fmt: off
@tf.function
def train(x: Tensor, y: Tensor, W: Variable,
          b: Variable, steps: Tensor) -> None:
    """Steps of gradient descent on all images `x`, labels `y`; they change `W` and `b`."""
    for _ in tf.range(steps):
        with tf.GradientTape() as tape:
            loss = cross_entropy(y, model(x, W, b))
        dW, db = tape.gradient(loss, [W, b])
        W.assign_sub(0.1 * dW)
        b.assign_sub(0.1 * db)
# fmt: on


def start(dataset: str, images: int) -> dict[str, Any]:
    """The untrained moment, weights all ones; see `go_on`."""
    pixels = _training_part(dataset, images)[0].shape[1]
    return go_on(dataset, images, np.ones((pixels, CLASSES)), np.zeros(CLASSES), 0)


def go_on(
    dataset: str, images: int, weights: NDArray[Any], biases: NDArray[Any], steps: int
) -> dict[str, Any]:
    """`steps` further steps on the first `images` training images of `dataset`.

    Returns:
        `weights` (pixels, 10) and `biases` (10,) after them; `loss` and `accuracy` on those
        images; `test_loss` and `test_accuracy` on all test images.

    Raises:
        DatasetUnavailable, DatasetCorrupt: see `load_arrays`.
    """
    x, y = _training_part(dataset, images)
    W, b = (tf.Variable(values, dtype=tf.float32) for values in (weights, biases))
    train(x, y, W, b, tf.constant(steps))
    loss, accuracy = _scores(x, y, W, b)
    test_loss, test_accuracy = _scores(*_test_part(dataset), W, b)
    return {
        "weights": W.numpy(),
        "biases": b.numpy(),
        "loss": float(loss),
        "accuracy": float(accuracy),
        "test_loss": float(test_loss),
        "test_accuracy": float(test_accuracy),
    }


@tf.function
def _scores(x: Tensor, y: Tensor, W: Variable, b: Variable) -> tuple[Tensor, Tensor]:
    """Cross-entropy, and the share of images whose most probable class is the right one."""
    p = model(x, W, b)
    right = tf.argmax(p, axis=1, output_type=tf.int32) == y
    return cross_entropy(y, p), tf.reduce_mean(tf.cast(right, tf.float32))


@functools.lru_cache(maxsize=2)  # all 60,000 images of MNIST are 188 MB
def _training_part(dataset: str, images: int) -> Part:
    splits = load_splits(Dataset(name=dataset, validation="none"))
    return _tensors(splits.x_train[:images], splits.y_train[:images], splits.info.scale)


@functools.lru_cache(maxsize=1)
def _test_part(dataset: str) -> Part:
    splits = load_splits(Dataset(name=dataset, validation="none"))
    return _tensors(splits.x_test, splits.y_test, splits.info.scale)


def _tensors(images: NDArray[np.uint8], labels: NDArray[np.int64], scale: float) -> Part:
    """Images as rows of numbers from 0 to 1, float32 (n, pixels); labels int32 (n,)."""
    rows = images.reshape(len(images), -1).astype(np.float32) / scale
    return tf.constant(rows), tf.constant(labels.astype(np.int32))


def published_figures() -> dict[str, float]:
    """Our values of the numbers in `nnlab.curriculum.published`, computed now, by name."""
    untrained = start("mnist", FEW)
    printed = go_on("mnist", FEW, untrained["weights"], untrained["biases"], LAST_PRINTED)
    rest = STEPS - LAST_PRINTED
    last = go_on("mnist", FEW, printed["weights"], printed["biases"], rest)
    return {
        "untrained_accuracy": untrained["accuracy"],
        "untrained_loss": untrained["loss"],
        "accuracy_900": printed["accuracy"],
        "loss_900": printed["loss"],
        "test_accuracy": last["test_accuracy"],
        "test_loss": last["test_loss"],
    }
