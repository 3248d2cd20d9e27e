"""The train function that `Model.fit` calls: many steps in one compiled call.

`Model.fit` is left as it is. It calls `model.train_function` once per "batch" and the callbacks
around it; here one such call runs a chunk of steps, and `StopIteration` ends the epoch, as
with any data set that runs out.
"""

import math
import time
from collections.abc import Callable

import keras
import tensorflow as tf

from nnlab.training.device import DeviceImages
from nnlab.training.order import epoch_order
from nnlab.training.pace import Pace


class ChunkedSteps:
    """Runs `model.train_step` over shuffled batches, a chunk of steps per call.

    Attributes:
        step: steps done in the current epoch.
        steps_per_epoch: the last, possibly smaller batch included.
    """

    def __init__(self, model: keras.Model, data: DeviceImages, batch_size: int, seed: int) -> None:
        self.model = model
        self.data = data
        self.batch_size = batch_size
        self.seed = seed
        self.pace = Pace()
        self.step = 0
        self._begun = False
        self.steps_per_epoch = math.ceil(len(data) / batch_size)
        self._order = tf.Variable(tf.range(len(data)), trainable=False)
        self._compiled = self._compile()
        self._compiled(tf.constant(0), tf.constant(0))  # traces now, so that timing is of steps

    def install(self) -> None:
        """Make `Model.fit` use this; `compile` undoes it."""
        self.model.train_function = self

    def begin_epoch(self, epoch: int, step: int = 0) -> None:
        """Shuffle for `epoch` (0 is the first) and stand before `step`."""
        self._order.assign(epoch_order(len(self.data), self.seed, epoch))
        self.step = step
        self._begun = False

    def images_in(self, start: int, stop: int) -> int:
        """How many images the steps from `start` up to `stop` hold."""
        first, last = (min(step * self.batch_size, len(self.data)) for step in (start, stop))
        return last - first

    def __call__(self, _: object) -> dict[str, tf.Tensor]:
        """The next chunk; returns Keras's running means since the epoch began."""
        # An epoch resumed at its very end still makes one empty call: Keras wants its logs.
        if self.step >= self.steps_per_epoch and self._begun:
            raise StopIteration
        self._begun = True
        stop = self._next_stop()
        started = time.perf_counter()
        logs = self._compiled(tf.constant(self.step), tf.constant(stop))
        self.pace.measured(stop - self.step, time.perf_counter() - started)
        self.step = stop
        return logs

    def _next_stop(self) -> int:
        """A short rest of the epoch joins its last chunk: a mean over few images is only noise."""
        stop = self.step + self.pace.steps
        if self.steps_per_epoch - stop < self.pace.steps / 2:
            return self.steps_per_epoch
        return stop

    def _compile(self) -> Callable[[tf.Tensor, tf.Tensor], dict[str, tf.Tensor]]:
        def one_step(step: tf.Tensor) -> tf.Tensor:
            first = step * self.batch_size
            last = tf.minimum(first + self.batch_size, len(self.data))
            self.model.train_step(self.data.batch(self._order[first:last]))
            return step + 1

        def chunk(start: tf.Tensor, stop: tf.Tensor) -> dict[str, tf.Tensor]:
            tf.while_loop(lambda step: step < stop, one_step, [start], parallel_iterations=1)
            return self.model.get_metrics_result()

        return tf.function(chunk, autograph=False)
