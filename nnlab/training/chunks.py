"""The train function that `Model.fit` calls: many steps in one compiled call.

`Model.fit` is left as it is. It calls `model.train_function` once per "batch" and the callbacks
around it; here one such call runs a chunk of steps, and `StopIteration` ends the epoch, as
with any data set that runs out.
"""

import time

from nnlab.experiment import Training, batches
from nnlab.training.compiled import CompiledNetwork, Logs
from nnlab.training.kept import Kept


class ChunkedSteps:
    """Runs `model.train_step` over the batches that the settings ask for, a chunk per call.

    Attributes:
        step: steps done in the current epoch.
        steps_per_epoch: how many it has.
    """

    def __init__(self, compiled: CompiledNetwork, training: Training, kept: Kept) -> None:
        self.compiled = compiled
        self.pace = kept.pace
        self.step = 0
        self._before = 0  # steps of the epochs before
        self._begun = False
        self._feed = kept.feed
        recorded = kept.recorder.plan.steps if kept.recorder else ()
        self._stops = {*recorded, *(change.step for change in training.changes or ())}
        self._helm = kept.helm
        self._batches = batches(training, len(self._feed.data))
        self.steps_per_epoch = self._batches.steps_per_epoch
        self._run(0, 0)  # traces now if need be, so that timing is of steps

    def install(self) -> None:
        """Make `Model.fit` use this; `release` undoes it."""
        self.compiled.model.train_function = self

    def begin_epoch(self, epoch: int, step: int = 0) -> None:
        """Stand before `step` of `epoch` (0 is the first)."""
        self._before = epoch * self.steps_per_epoch
        self.step = step
        self._begun = False

    def images_in(self, start: int, stop: int) -> int:
        """How many images the steps of this epoch from `start` up to `stop` hold."""
        first, last = (self._batches.images_before(self._before + s) for s in (start, stop))
        return last - first

    def __call__(self, _: object) -> Logs:
        """The next chunk; returns Keras's running means since the epoch began."""
        # An epoch resumed at its very end still makes one empty call: Keras wants its logs.
        if self.step >= self.steps_per_epoch and self._begun:
            raise StopIteration
        self._begun = True
        place, ready = self._feed.prepare(self._before + self.step)
        steps = self._next_steps(ready)
        started = time.perf_counter()
        logs = self._run(place, steps)
        self.pace.measured(steps, time.perf_counter() - started)
        self.step += steps
        return logs

    def _next_steps(self, ready: int) -> int:
        """A short rest joins the chunk before: a mean over few images is only noise.

        A chunk ends where a moment is recorded or a setting changes, and where it is steered to.
        """
        rest = min(self.steps_per_epoch - self.step, ready, self._before_stop())
        return rest if rest < 1.5 * self.pace.steps else self.pace.steps

    def _before_stop(self) -> int:
        """Steps up to the next one at which a chunk has to end."""
        now = self._before + self.step
        most = self._helm.most_steps(now, self.steps_per_epoch)
        stops = (stop - now for stop in self._stops if stop > now)
        return min(stops, default=self.steps_per_epoch) if most is None else min(most, *stops)

    def _run(self, place: int, steps: int) -> Logs:
        data, order = self._feed.data, self._feed.order
        logs = {} if steps else self.compiled.steps(data, order, 0, 0, 0)
        for piece in self._feed.pieces(place, steps):
            logs = self.compiled.steps(data, order, piece.first, piece.size, piece.count)
        return logs
