"""Pause and Stop."""

import time

import keras

from nnlab.runs.records import Reporter
from nnlab.training.endings import TrainingInterrupted

ASK_EVERY_SECONDS = 0.1


class Control(keras.callbacks.Callback):
    """Leaves `Model.fit` between two steps when the user asks to.

    An exception, not `stop_training`: that would still validate and close the half-done epoch
    as if it were whole.
    """

    def __init__(self, reporter: Reporter) -> None:
        super().__init__()
        self.reporter = reporter
        self._asked = 0.0

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """Between two chunks of steps both Pause and Stop are heard."""
        self._obey("pause", "stop")

    def on_test_batch_end(self, batch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """In the validation pass Stop only: a pause waits, the epoch's figures are nearly there."""
        self._obey("stop")

    def _obey(self, *signals: str) -> None:
        now = time.perf_counter()
        if now - self._asked < ASK_EVERY_SECONDS:
            return
        self._asked = now
        signal = self.reporter.requested()
        if signal in signals:
            raise TrainingInterrupted(signal)
