"""Speed, the step to pause at, and changes of settings."""

from collections.abc import Sequence

import keras

from nnlab.experiment import Change, changes_before, edits_at
from nnlab.models.edits import write_edits
from nnlab.runs.records import Reporter
from nnlab.training.callbacks.frames import TakeFrames
from nnlab.training.chunks import ChunkedSteps
from nnlab.training.endings import TrainingInterrupted
from nnlab.training.helm import Helm


class Steer(keras.callbacks.Callback):
    """Leaves `Model.fit` where settings change, and goes on no faster than is wanted.

    What changes at a step does so when training is taken up there: whatever comes before, the
    figures of an epoch, a recorded moment or a checkpoint, is without it. Stands behind all that
    report.
    """

    def __init__(
        self,
        reporter: Reporter,
        steps: ChunkedSteps,
        helm: Helm,
        changes: Sequence[Change] | None,
        pictures: TakeFrames | None = None,
    ) -> None:
        super().__init__()
        self.pictures = pictures
        self.reporter = reporter
        self.steps = steps
        self.helm = helm
        self._changes = changes or ()
        self._begun = False
        self._epoch = 0
        self._last = 0

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """Before the first step of an epoch, or of what is left of one."""
        self._epoch = epoch
        if self._begun:
            self._look()
            return
        self._begun, self._last = True, self._now()
        self._obey()
        taken_up = changes_before(self._epoch, self.steps.step, self.steps.steps_per_epoch)
        self._due = {change.step for change in self._changes if change.step > taken_up}
        if self.steps.step < self.steps.steps_per_epoch:  # else those of its last step are made
            self._edit()

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """Between two chunks of steps; an epoch's end is not a matter of this."""
        if self.steps.step < self.steps.steps_per_epoch:
            self._look()

    def _edit(self) -> None:
        edits = edits_at(self._changes, self._now())
        write_edits(self.model, edits)
        if edits and self.pictures:
            self.pictures.take()

    def _now(self) -> int:
        return self._epoch * self.steps.steps_per_epoch + self.steps.step

    def _look(self) -> None:
        now = self._now()
        self._obey()
        if now in self._due:
            raise TrainingInterrupted("change")
        self.helm.made((now - self._last) / self.steps.steps_per_epoch)
        self._last = now
        while self.helm.left():
            signal = "turn" if self.helm.crowded() else self.reporter.requested()
            if signal:
                raise TrainingInterrupted(signal)
            self.helm.nap()
            self._obey()

    def _obey(self) -> None:
        course = self.helm.course()
        if course.until_step is not None and self._now() >= course.until_step:
            raise TrainingInterrupted("pause")
        if course.changed:
            raise TrainingInterrupted("change")
