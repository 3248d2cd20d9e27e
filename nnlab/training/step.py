"""Keras's training step, many times over, with the bookkeeping carried along."""

from collections.abc import Callable

import keras
import tensorflow as tf

Batch = tuple[tf.Tensor, tf.Tensor]


def train_steps(model: keras.Model, batch: Callable[[tf.Tensor], Batch], count: tf.Tensor) -> None:
    """`model.train_step` on `batch(0)` to `batch(count - 1)`, as part of a graph.

    Forward pass, loss, gradients and update are Keras's. Its metrics, some thirty small
    operations a step, are not called: their sums travel through the loop and are written back at
    its end, added up in the same order, so that loss and accuracy (or the mean absolute error)
    are the same to the last bit.

    Args:
        model: compiled with one metric: SparseCategoricalAccuracy where labels are class numbers
            int32, MeanAbsoluteError where they are targets float32.
        batch: images (b, ...) and labels (b,) of a step.
        count: how many steps, int32.
    """
    metrics = {metric.name: metric for metric in model.metrics}
    sums = [metrics["loss"].total, metrics["compile_metrics"].metrics[0].total]
    counts = [metrics["loss"].count, metrics["compile_metrics"].metrics[0].count]

    def one(step: tf.Tensor, loss_sum: tf.Tensor, figure: tf.Tensor, seen: tf.Tensor) -> tuple:
        images, labels = batch(step)
        loss, outputs = _update(model, images, labels)
        size = tf.cast(tf.shape(labels)[0], tf.float32)
        return (
            step + 1,
            loss_sum + loss * size,
            figure + tf.reduce_sum(_watched(outputs, labels)),
            seen + size,
        )

    start = [tf.constant(0), *(total.value for total in sums), counts[0].value]
    _, *totals, seen = tf.while_loop(
        lambda step, *_: step < count, one, start, parallel_iterations=1
    )
    for variable, value in zip([*sums, *counts], [*totals, seen, seen], strict=True):
        variable.assign(value)


def _watched(outputs: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
    """What the metric sums up, float32 (b,): 1 for a right class, or how far off a number is."""
    if labels.dtype.is_floating:
        return tf.abs(labels - tf.squeeze(outputs, axis=1))
    right = tf.equal(tf.argmax(outputs, axis=1, output_type=tf.int32), labels)
    return tf.cast(right, tf.float32)


def _update(model: keras.Model, images: tf.Tensor, labels: tf.Tensor) -> Batch:
    """One step of the optimizer; returns the loss, penalties included, and the outputs."""
    with tf.GradientTape() as tape:
        outputs = model(images, training=True)
        loss = model.compute_loss(images, labels, outputs, training=True)
    weights = model.trainable_variables
    model.optimizer.apply(tape.gradient(loss, weights), weights)
    return loss, outputs
