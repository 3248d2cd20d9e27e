"""Keras's EarlyStopping, able to go on after a pause."""

import dataclasses

import keras

from nnlab.experiment import EarlyStopping
from nnlab.runs.records import EpochRecord


class ResumableEarlyStopping(keras.callbacks.EarlyStopping):
    """Counts the epochs before a pause too, by hearing their figures once more at the start.

    Best weights are kept as a checkpoint, so that they survive a pause as well.
    """

    def __init__(self, settings: EarlyStopping, past: tuple[EpochRecord, ...] = ()) -> None:
        super().__init__(
            monitor=settings.monitor, patience=settings.patience, min_delta=settings.min_delta
        )
        self._past = past

    def on_train_begin(self, logs: dict | None = None) -> None:
        """Start counting, then hear the past."""
        super().on_train_begin(logs)
        for record in self._past:
            self.on_epoch_end(record.epoch - 1, dataclasses.asdict(record))
