"""Notices a loss that is not a number."""

import math

import keras

from nnlab.training.chunks import ChunkedSteps
from nnlab.training.endings import TrainingDiverged


class StopWhenDiverged(keras.callbacks.Callback):
    """Ends training at the first chunk whose mean loss is NaN or infinite."""

    def __init__(self, steps: ChunkedSteps) -> None:
        super().__init__()
        self.steps = steps
        self._epoch = 0

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """Remember where we are, for the message."""
        self._epoch = epoch

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """Once not finite, a running mean stays so: no step is missed."""
        loss = float((logs or {})["loss"])
        if not math.isfinite(loss):
            step = self._epoch * self.steps.steps_per_epoch + self.steps.step
            raise TrainingDiverged(step, loss)
