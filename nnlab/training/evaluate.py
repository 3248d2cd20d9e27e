"""The trained network on the test images."""

from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from nnlab.datasets import Splits
from nnlab.experiment import Experiment
from nnlab.training.device import DeviceImages

BATCH = 1000


@dataclass(frozen=True)
class TestResult:
    """Loss (penalties included) and accuracy as Keras computes them; probabilities (n, classes)."""

    __test__ = False  # not a test class, whatever its name says

    loss: float
    accuracy: float
    probabilities: NDArray[np.float32]


def evaluate(model: keras.Model, data: DeviceImages, *, from_logits: bool) -> TestResult:
    """Loss, accuracy and every image's probabilities in one pass.

    The loss tracker and the metrics are the compiled model's own, updated as `Model.evaluate`
    does; what it would throw away, the predictions, is kept.
    """
    model.reset_metrics()

    @tf.function(autograph=False, reduce_retracing=True)
    def step(start: tf.Tensor, stop: tf.Tensor) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
        images, labels = data.slice(start, stop)
        outputs = model(images, training=False)
        loss = model.compute_loss(images, labels, outputs, training=False)
        loss_sum.assign_add(loss * tf.cast(stop - start, tf.float32))
        model.compute_metrics(images, labels, outputs)
        return tf.nn.softmax(outputs) if from_logits else outputs

    loss_sum = tf.Variable(0.0, trainable=False)
    parts = [
        step(tf.constant(start), tf.constant(min(start + BATCH, len(data))))
        for start in range(0, len(data), BATCH)
    ]
    accuracy = float(model.get_metrics_result()["accuracy"])
    probabilities = np.concatenate([np.asarray(part) for part in parts])
    return TestResult(float(loss_sum) / len(data), accuracy, probabilities)


def evaluate_splits(model: keras.Model, experiment: Experiment, splits: Splits) -> TestResult:
    """`evaluate` on the test images of `splits`."""
    data = DeviceImages.of(splits.x_test, splits.y_test, splits.info.scale)
    return evaluate(model, data, from_logits=experiment.output.activation == "linear")
