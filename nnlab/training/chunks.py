"""The train function that `Model.fit` calls: many steps in one compiled call.

`Model.fit` is left as it is. It calls `model.train_function` once per "batch" and the callbacks
around it; here one such call runs a chunk of steps, and `StopIteration` ends the epoch, as
with any data set that runs out.
"""

import time
from collections.abc import Callable

import keras
import tensorflow as tf

from nnlab.experiment import Training, batches
from nnlab.training.device import DeviceImages
from nnlab.training.feed import feed
from nnlab.training.pace import Pace


class ChunkedSteps:
    """Runs `model.train_step` over the batches that the settings ask for, a chunk per call.

    Attributes:
        step: steps done in the current epoch.
        steps_per_epoch: how many it has.
    """

    def __init__(self, model: keras.Model, data: DeviceImages, training: Training) -> None:
        self.model = model
        self.pace = Pace()
        self.step = 0
        self._before = 0  # steps of the epochs before
        self._begun = False
        self._batches = batches(training, len(data))
        self.steps_per_epoch = self._batches.steps_per_epoch
        self._feed = feed(data, training)
        self._compiled = self._compile()
        self._compiled(tf.constant(0), tf.constant(0))  # traces now, so that timing is of steps

    def install(self) -> None:
        """Make `Model.fit` use this; `compile` undoes it."""
        self.model.train_function = self

    def begin_epoch(self, epoch: int, step: int = 0) -> None:
        """Stand before `step` of `epoch` (0 is the first)."""
        self._before = epoch * self.steps_per_epoch
        self.step = step
        self._begun = False

    def images_in(self, start: int, stop: int) -> int:
        """How many images the steps of this epoch from `start` up to `stop` hold."""
        first, last = (self._batches.images_before(self._before + s) for s in (start, stop))
        return last - first

    def __call__(self, _: object) -> dict[str, tf.Tensor]:
        """The next chunk; returns Keras's running means since the epoch began."""
        # An epoch resumed at its very end still makes one empty call: Keras wants its logs.
        if self.step >= self.steps_per_epoch and self._begun:
            raise StopIteration
        self._begun = True
        place, ready = self._feed.prepare(self._before + self.step)
        steps = self._next_steps(ready)
        started = time.perf_counter()
        logs = self._compiled(tf.constant(place), tf.constant(place + steps))
        self.pace.measured(steps, time.perf_counter() - started)
        self.step += steps
        return logs

    def _next_steps(self, ready: int) -> int:
        """A short rest joins the chunk before: a mean over few images is only noise."""
        rest = min(self.steps_per_epoch - self.step, ready)
        return rest if rest < 1.5 * self.pace.steps else self.pace.steps

    def _compile(self) -> Callable[[tf.Tensor, tf.Tensor], dict[str, tf.Tensor]]:
        def one_step(place: tf.Tensor) -> tf.Tensor:
            self.model.train_step(self._feed.batch(place))
            return place + 1

        def chunk(start: tf.Tensor, stop: tf.Tensor) -> dict[str, tf.Tensor]:
            tf.while_loop(lambda place: place < stop, one_step, [start], parallel_iterations=1)
            return self.model.get_metrics_result()

        return tf.function(chunk, autograph=False)
