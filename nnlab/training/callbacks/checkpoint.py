"""Keeps what was learned after each epoch."""

import keras

from nnlab.experiment import EarlyStopping
from nnlab.models.state import read_state
from nnlab.runs.records import Checkpoint, EpochRecord, Reporter
from nnlab.training.callbacks.live import LiveReport


class KeepCheckpoints(keras.callbacks.Callback):
    """Hands a checkpoint to the reporter each epoch, marked when it is the best so far.

    Stands after `LiveReport` in the list of callbacks: it stores that one's history.
    """

    def __init__(
        self, reporter: Reporter, live: LiveReport, early_stopping: EarlyStopping | None
    ) -> None:
        super().__init__()
        self.reporter = reporter
        self.live = live
        self.early_stopping = early_stopping

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """The epoch is complete: the next one starts at step 0."""
        history = tuple(self.live.history)
        checkpoint = Checkpoint(epoch + 1, 0, read_state(self.model), history)
        self.reporter.checkpoint(checkpoint, best=is_best(history, self.early_stopping))


def is_best(history: tuple[EpochRecord, ...], settings: EarlyStopping | None) -> bool:
    """Whether the last epoch beats all before it in the figure that early stopping watches."""
    if settings is None or not history:
        return False
    values = [getattr(record, settings.monitor) for record in history]
    sign = 1 if settings.monitor == "val_accuracy" else -1
    return all(sign * values[-1] > sign * earlier for earlier in values[:-1])
