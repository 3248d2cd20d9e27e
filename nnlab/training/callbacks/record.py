"""Records what the network is like at chosen moments."""

from collections.abc import Mapping

import keras
import numpy as np
from numpy.typing import NDArray

from nnlab.models.state import read_weights
from nnlab.runs.moments import Moment
from nnlab.runs.records import Checkpoint, Reporter
from nnlab.training.chunks import ChunkedSteps
from nnlab.training.compiled import CompiledNetwork
from nnlab.training.recording.facts import layer_facts
from nnlab.training.recording.recorder import Recorder


class RecordMoments(keras.callbacks.Callback):
    """Hands a moment to the reporter at each of the planned steps.

    Stands before `Control` in the list of callbacks, so that no moment is missed when a training
    is left just there. It changes nothing that training depends on.
    """

    def __init__(
        self,
        recorder: Recorder,
        compiled: CompiledNetwork,
        steps: ChunkedSteps,
        reporter: Reporter,
        resumed: Checkpoint | None = None,
    ) -> None:
        super().__init__()
        self.recorder = recorder
        self.compiled = compiled
        self.steps = steps
        self.reporter = reporter
        self._fresh = resumed is None
        self._epoch = 0

    def on_train_begin(self, logs: dict | None = None) -> None:  # noqa: ARG002
        """Before the first step."""
        if self._fresh:
            self._record(0)

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """Which epoch the steps belong to."""
        self._epoch = epoch

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """A chunk of steps is done; the epoch's end is not a matter of this."""
        if self.steps.step < self.steps.steps_per_epoch:
            self._record(self._epoch * self.steps.steps_per_epoch + self.steps.step)

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """All steps of an epoch are done."""
        self._record((epoch + 1) * self.steps.steps_per_epoch)

    def _record(self, step: int) -> None:
        recorder = self.recorder
        if step not in recorder.plan.steps:
            return
        moment = Moment(
            step=step,
            epoch=step / self.steps.steps_per_epoch,
            probabilities=recorder.probabilities(self.compiled),
            indices=recorder.indices,
            y_true=recorder.y_true,
            layers=layer_facts(self.model, *recorder.sample),
            weights=self._weights(),
        )
        self.reporter.moment(moment)

    def _weights(self) -> Mapping[str, NDArray] | None:
        kind = self.recorder.plan.weights
        if kind is None:
            return None
        return {
            name: array.astype(kind) if array.dtype == np.float32 else array
            for name, array in read_weights(self.model).items()
        }
