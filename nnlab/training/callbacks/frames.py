"""Shows what a network on points looks like while it trains."""

import keras

from nnlab.runs.frames import Measured
from nnlab.training.callbacks.live import LiveReport
from nnlab.training.chunks import ChunkedSteps
from nnlab.training.frames import Frames


class TakeFrames(keras.callbacks.Callback):
    """A frame after a chunk of steps or an epoch, when one is due.

    Stands after `LiveReport`, whose last point it shows, and before `Control`. It changes nothing
    that training depends on.
    """

    def __init__(
        self, frames: Frames, steps: ChunkedSteps, live: LiveReport, epoch: int = 0
    ) -> None:
        super().__init__()
        self.frames = frames
        self.steps = steps
        self.live = live
        self._epoch = epoch

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """Which epoch the steps belong to."""
        self._epoch = epoch

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """A chunk of steps is done."""
        if self.frames.due():
            self.take()

    def take(self) -> None:
        """A frame of the network as it is now."""
        per_epoch = self.steps.steps_per_epoch
        step = self._epoch * per_epoch + self.steps.step
        self.frames.take(self.model, step, step / per_epoch, self._train())

    def _train(self) -> Measured | None:
        last = self.live.last
        if last is None:
            return None
        measured = {"loss": last.loss, "accuracy": last.accuracy}
        off = last.mean_absolute_error
        return measured if off is None else measured | {"mean_absolute_error": off}
