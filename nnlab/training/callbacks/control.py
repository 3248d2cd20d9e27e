"""Pause, Stop, and the end of a turn."""

import time

import keras

from nnlab.runs.records import Reporter
from nnlab.training.chunks import ChunkedSteps
from nnlab.training.endings import TrainingInterrupted

ASK_EVERY_SECONDS = 0.1


class Control(keras.callbacks.Callback):
    """Leaves `Model.fit` between two steps when it is asked to.

    An exception, not `stop_training`: that would still validate and close the half-done epoch
    as if it were whole.
    """

    def __init__(self, reporter: Reporter, steps: ChunkedSteps) -> None:
        super().__init__()
        self.reporter = reporter
        self.steps = steps
        self._asked = 0.0

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """Between two chunks of steps everything is heard.

        A turn does not end right before the validation pass: the next one would begin with nothing
        left to train, and might end so. It ends right after it.
        """
        whole = self.steps.step >= self.steps.steps_per_epoch
        self._obey("pause", "stop", "leave", "lost", *(() if whole else ("turn",)))

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """The epoch is told and kept; a turn may end here, unless the training does.

        Small networks on few images have no other moment: their epoch is one chunk.
        """
        ends = self.model.stop_training or epoch + 1 >= self.params["epochs"]
        if not ends and self.reporter.requested() == "turn":
            self.steps.begin_epoch(epoch + 1)
            raise TrainingInterrupted("turn")

    def on_test_batch_end(self, batch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """In the validation pass only what ends the run: the epoch's figures are nearly there."""
        self._obey("stop", "lost")

    def _obey(self, *signals: str) -> None:
        now = time.perf_counter()
        if now - self._asked < ASK_EVERY_SECONDS:
            return
        self._asked = now
        signal = self.reporter.requested()
        if signal in signals:
            raise TrainingInterrupted(signal)
