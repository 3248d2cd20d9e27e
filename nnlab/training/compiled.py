"""A network with everything about it that is compiled, to be used by one run after another."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from nnlab.datasets import Splits
from nnlab.experiment import Constant, Experiment, batches, has_dials
from nnlab.models.build import build_model, start_over
from nnlab.models.state import read_state, write_state
from nnlab.models.steered import set_dials
from nnlab.training.device import DeviceImages
from nnlab.training.step import train_steps

Logs = dict[str, tf.Tensor]

TEST_BATCH = 1000  # images, in validation and test


class CompiledNetwork:
    """A compiled model, and its training and test steps as graphs.

    Images, their order and the number of steps are arguments, so runs on other images, with
    another seed or another learning rate find everything traced. What is built into the graphs
    is what `structure` names.

    Attributes:
        model: the Keras model.
    """

    def __init__(self, experiment: Experiment, splits: Splits) -> None:
        info, steps = splits.info, _steps_per_epoch(experiment, splits)
        self.model = build_model(
            experiment,
            info.input_shape,
            len(info.classes),
            steps,
            steered=has_dials(experiment.training.changes),
        )
        self._batch_size = experiment.training.batch_size
        self._from_logits = experiment.output.activation == "linear"
        self._pristine = read_state(self.model)
        self._loss = next(m for m in self.model.metrics if m.name == "loss")
        whole = self._batch_size == "full"
        stored = tf.uint8 if info.has_images else tf.float32
        pixels = tf.TensorSpec((None, *info.input_shape), tf.float32 if whole else stored)
        data = (pixels, _vector(), tf.TensorSpec((), tf.float32))
        count = tf.TensorSpec((), tf.int32)
        self._many = _compiled(self._many_steps, *data, _vector(), count, count)
        self._one = _compiled(self._one_step, *data, _vector())
        kept = (tf.TensorSpec((None, *info.input_shape), stored), *data[1:])
        self._test = _compiled(self._test_step, *kept, count, count)

    def reset(self, experiment: Experiment) -> None:
        """Forget all training; weights and dropout begin anew from the experiment's seed.

        Args:
            experiment: of the same `structure`.
        """
        write_state(self.model, self._pristine)
        start_over(self.model, experiment)

    def set_dials(self, experiment: Experiment) -> None:
        """Learning rate, penalties and dropout rates of `experiment`, where they can be set."""
        set_dials(self.model, experiment)
        if isinstance(experiment.training.schedule, Constant):
            self.model.optimizer.learning_rate = experiment.training.optimizer.learning_rate

    def release(self) -> None:
        """Let `fit` and `evaluate` of the model be Keras's own again, after ours."""
        self.model.train_function = self.model.test_function = None

    def steps(
        self, data: DeviceImages, order: tf.Tensor, first: int, size: int, count: int
    ) -> Logs:
        """Train `count` steps on batches of `size` images, which follow each other in `order`.

        Args:
            data: images uint8, or float32 where all of them are one batch; or features.
            order: int32 (n,), positions among the images.
            first: where in the order the first batch begins.
            size: the experiment's batch size, or any other for a single step.
            count: how many steps; 0 only returns the figures.

        Returns:
            Keras's running means since its metrics were reset.
        """
        parts = (data.images, data.labels, tf.constant(data.scale, tf.float32))
        if count and self._batch_size not in (size, "full"):
            return self._one(*parts, order[first : first + size])
        return self._many(*parts, order, tf.constant(first), tf.constant(count))

    def test(self, data: DeviceImages, start: int) -> tuple[tf.Tensor, Logs]:
        """Count the next `TEST_BATCH` images from `start` on into the model's metrics.

        Returns:
            Their probabilities (b, classes), and Keras's running means.
        """
        scale = tf.constant(data.scale, tf.float32)
        stop = min(start + TEST_BATCH, len(data))
        return self._test(data.images, data.labels, scale, tf.constant(start), tf.constant(stop))

    def probabilities(self, data: DeviceImages) -> NDArray[np.float32]:
        """What the network answers now, (n, classes); its metrics' sums stay as they are."""
        sums = [(sum_, sum_.numpy()) for sum_ in self.model.metrics_variables]
        found = self.test_all(data)
        for variable, value in sums:
            variable.assign(value)
        return found

    def test_all(self, data: DeviceImages) -> NDArray[np.float32]:
        """Count all the images into the model's metrics; returns their probabilities."""
        parts = [self.test(data, start)[0] for start in range(0, len(data), TEST_BATCH)]
        return np.concatenate([part.numpy() for part in parts])

    # --- as graphs ------------------------------------------------------------------------

    def _many_steps(
        self,
        images: tf.Tensor,
        labels: tf.Tensor,
        scale: tf.Tensor,
        order: tf.Tensor,
        first: tf.Tensor,
        count: tf.Tensor,
    ) -> Logs:
        data = DeviceImages(images, labels, scale)

        def batch(step: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            if self._batch_size == "full":
                return images, labels
            # The batch size is known to the graph: a tenth faster than one that is not.
            place = tf.expand_dims(first + step * self._batch_size, 0)
            return data.batch(tf.slice(order, place, [self._batch_size]))

        train_steps(self.model, batch, count)
        return self.model.get_metrics_result()

    def _one_step(
        self, images: tf.Tensor, labels: tf.Tensor, scale: tf.Tensor, positions: tf.Tensor
    ) -> Logs:
        """For the last, smaller batch of a pass."""
        return self.model.train_step(DeviceImages(images, labels, scale).batch(positions))

    def _test_step(
        self,
        images: tf.Tensor,
        labels: tf.Tensor,
        scale: tf.Tensor,
        start: tf.Tensor,
        stop: tf.Tensor,
    ) -> tuple[tf.Tensor, Logs]:
        """As Keras's `test_step`, which would throw the answers away."""
        x, y = DeviceImages(images, labels, scale).slice(start, stop)
        outputs = self.model(x, training=False)
        loss = self.model.compute_loss(x, y, outputs, training=False)
        self._loss.update_state(loss, sample_weight=stop - start)
        logs = self.model.compute_metrics(x, y, outputs)
        return tf.nn.softmax(outputs) if self._from_logits else outputs, logs


def structure(experiment: Experiment, splits: Splits) -> str:
    """What two experiments have in common that can share a `CompiledNetwork`, as a text."""
    settings = experiment.training
    kept = settings.model_dump(
        mode="json", include={"batch_size", "optimizer", "schedule", "l1", "l2"}
    )
    if isinstance(settings.schedule, Constant):
        del kept["optimizer"]["learning_rate"]  # a variable
    else:
        kept["length"] = [settings.epochs, _steps_per_epoch(experiment, splits)]
    layers = experiment.model_dump(mode="json", include={"layers", "output"})
    if has_dials(settings.changes):
        kept |= {"l1": "set", "l2": "set"}
        for layer in layers["layers"]:
            if layer["type"] == "Dropout":
                layer["rate"] = "set"
    data = [splits.info.input_shape, len(splits.info.classes)]
    return json.dumps([layers, kept, data], sort_keys=True)


def _steps_per_epoch(experiment: Experiment, splits: Splits) -> int:
    return batches(experiment.training, len(splits.y_train)).steps_per_epoch


def _vector() -> tf.TensorSpec:
    return tf.TensorSpec((None,), tf.int32)


def _compiled(function: Callable[..., Any], *arguments: tf.TensorSpec) -> Callable[..., Any]:
    return tf.function(function, input_signature=arguments, autograph=False)
