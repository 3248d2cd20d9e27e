"""The loss that a training makes small, and what is watched beside it, as Keras has them."""

from collections.abc import Callable
from typing import Any

import keras

from nnlab.datasets import DatasetInfo
from nnlab.experiment import Experiment, loss_of


class OnOneHot(keras.losses.Loss):
    """A loss of Keras's that wants targets of 0 and 1, computed from class numbers (b,)."""

    def __init__(self, loss: Callable[..., Any], name: str, **options: Any) -> None:
        super().__init__(name=name)
        self._loss = loss
        self._options = options

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """One value an example (b,), from class numbers (b,) and outputs (b, classes)."""
        targets = keras.ops.one_hot(keras.ops.cast(y_true, "int32"), y_pred.shape[-1])
        return self._loss(targets, y_pred, **self._options)


def build_loss(experiment: Experiment, info: DatasetInfo) -> keras.losses.Loss:
    """The loss of an experiment that was checked against its data set."""
    name, logits = loss_of(experiment, info.task), experiment.output.activation == "linear"
    if name == "sparse_categorical_crossentropy":
        return keras.losses.SparseCategoricalCrossentropy(from_logits=logits)
    if info.regression:
        return _CLASSES[name]()
    options = {"from_logits": logits} if name == "categorical_focal_crossentropy" else {}
    return OnOneHot(getattr(keras.losses, name), name, **options)


def build_metric(info: DatasetInfo) -> keras.metrics.Metric:
    """Accuracy for classes, the mean absolute error for numbers; named as `info.figure`."""
    if info.regression:
        return keras.metrics.MeanAbsoluteError(name=info.figure)
    return keras.metrics.SparseCategoricalAccuracy(name=info.figure)


_CLASSES = {
    "mean_squared_error": keras.losses.MeanSquaredError,
    "mean_absolute_error": keras.losses.MeanAbsoluteError,
    "huber": keras.losses.Huber,
}
