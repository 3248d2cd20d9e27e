"""Keeps the chunked steps at the place where `Model.fit` is."""

import keras

from nnlab.models.state import write_state
from nnlab.runs.records import Checkpoint
from nnlab.training.chunks import ChunkedSteps


class Position(keras.callbacks.Callback):
    """Tells the steps which epoch it is; a resumed epoch goes on where it was left."""

    def __init__(self, steps: ChunkedSteps, resumed: Checkpoint | None = None) -> None:
        super().__init__()
        self.steps = steps
        self.resumed = resumed

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """`Model.fit` has just reset the metrics; a half-done epoch gets its sums back."""
        resumed, self.resumed = self.resumed, None
        self.steps.begin_epoch(epoch, resumed.step if resumed else 0)
        if resumed and resumed.step:
            write_state(self.model, resumed.state, prefix="metric.")
