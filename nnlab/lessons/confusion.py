"""A network that is too sure of itself: its confusion matrix, and its claims against the truth."""

import functools
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from tensorflow import Tensor

from nnlab.datasets import load_splits
from nnlab.experiment import Dataset

CLASSES = 10
# Few images and many epochs: it learns them by heart, and is then sure of everything.
IMAGES, EPOCHS, BATCH, UNITS, SEED = 500, 60, 50, 64, 7
TEMPERATURES = np.geomspace(0.25, 8, 101)


def probabilities(z: Tensor, T: Tensor) -> Tensor:
    """Softmax (n, 10) of logits `z` (n, 10) divided by the temperature `T`."""
    return tf.nn.softmax(z / T)


def matrix(p: Tensor, y: Tensor, t: Tensor) -> Tensor:
    """Counts (10, 10) by true class and answer, of answers at least `t` sure."""
    sure = tf.reduce_max(p, axis=1) >= t
    y, answer = y[sure], tf.argmax(p[sure], axis=1)
    return tf.math.confusion_matrix(y, answer, 10)


def reliability(p: Tensor, y: Tensor) -> tuple:
    """Mean confidence and share of right answers (10,), by confidence in bins of a tenth."""
    sure = tf.reduce_max(p, axis=1)
    answer = tf.argmax(p, axis=1)
    right = tf.cast(answer == y, tf.float32)
    k = tf.cast(tf.minimum(10 * sure, 9), tf.int32)
    mean = tf.math.unsorted_segment_mean
    return mean(sure, k, 10), mean(right, k, 10)


def look(threshold: float, temperature: float) -> dict[str, Any]:
    """The network's answers on the test images, as far as they are sure enough.

    Args:
        threshold: least probability of the best class for an answer to count, 0 to 1.
        temperature: what the logits are divided by, above 0.

    Returns:
        `matrix` (10, 10); `images`, `answered` and `right`, numbers of images; `confidence` and
        `accuracy` (10,) by bins of confidence over all images, `counts` (10,) of images in them;
        `mean_confidence`, `mean_accuracy` and `calibration_error` over all images.
    """
    logits, y = _test_logits()
    p = probabilities(logits, tf.constant(temperature, tf.float32))
    counted = matrix(p, y, tf.constant(threshold, tf.float32)).numpy()
    confidence, accuracy = (values.numpy() for values in reliability(p, y))
    best = np.max(p.numpy(), axis=1)
    counts = np.bincount(np.minimum(10 * best, 9).astype(int), minlength=CLASSES)
    return {
        "matrix": counted,
        "images": len(y),
        "answered": int(counted.sum()),
        "right": int(np.trace(counted)),
        "confidence": confidence,
        "accuracy": accuracy,
        "counts": counts,
        "mean_confidence": float(best.mean()),
        "mean_accuracy": float(np.sum(counts * accuracy) / len(y)),
        "calibration_error": _calibration_error(confidence, accuracy, counts),
    }


def best_temperature() -> float:
    """The temperature with the least cross-entropy on these images (Guo et al., 2017)."""
    logits, y = _test_logits()
    scaled = [logits / T for T in TEMPERATURES.astype(np.float32)]
    losses = [
        tf.nn.sparse_softmax_cross_entropy_with_logits(y, each).numpy().mean() for each in scaled
    ]
    return float(TEMPERATURES[int(np.argmin(losses))])


def _calibration_error(confidence: Any, accuracy: Any, counts: Any) -> float:
    """Expected calibration error: the bins' gaps, weighted by their images (Naeini, 2015)."""
    return float(np.sum(counts * np.abs(confidence - accuracy)) / counts.sum())


@functools.lru_cache(maxsize=1)
def _test_logits() -> tuple[Tensor, Tensor]:
    """Logits (1000, 10) and labels (1000,) of the built-in set's test images."""
    splits = load_splits(Dataset(name="mnist_5k", validation="none"))
    x_train, x_test = (
        images.astype(np.float32) / splits.info.scale
        for images in (splits.x_train[:IMAGES], splits.x_test)
    )
    model = _model(x_train.shape[1:])
    # The training part comes shuffled; no other chance may get in, so that all see the same.
    model.fit(
        x_train, splits.y_train[:IMAGES], batch_size=BATCH, epochs=EPOCHS, shuffle=False, verbose=0
    )
    return model(x_test, training=False), tf.constant(splits.y_test)


def _model(shape: tuple[int, ...]) -> keras.Sequential:
    seeds = [keras.initializers.GlorotUniform(seed=SEED + i) for i in range(2)]
    model = keras.Sequential(
        [
            keras.Input(shape),
            keras.layers.Flatten(),
            keras.layers.Dense(UNITS, activation="relu", kernel_initializer=seeds[0]),
            keras.layers.Dense(CLASSES, kernel_initializer=seeds[1]),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(0.003),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        steps_per_execution=IMAGES // BATCH,
    )
    return model
