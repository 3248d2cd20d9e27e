"""Which images each step gets, inside the compiled call."""

import math
from typing import Protocol

import numpy as np
import tensorflow as tf

from nnlab.experiment import Batches, Training, batches
from nnlab.training.device import DeviceImages
from nnlab.training.order import epoch_order

# So many positions are kept at a time where epochs go over many passes: 400 kB.
MOST_POSITIONS = 100_000
ENDLESS = 10**9


class Feed(Protocol):
    """Where `ChunkedSteps` has its batches from; steps count from the start of training."""

    def prepare(self, step: int) -> tuple[int, int]:
        """Get ready for `step`; returns its place in what is ready, and how many steps are."""

    def batch(self, place: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Images float32 (b, H, W, 1) in [0, 1] and labels (b,) of the step at `place`."""


def feed(data: DeviceImages, training: Training) -> Feed:
    """What `training` asks for."""
    if training.batch_size == "full":
        return FullBatch(data)
    return ShuffledBatches(data, batches(training, len(data)), training.seed)


class FullBatch:
    """All images in each step. Their order does not matter, so nothing is shuffled.

    They are kept as float32: converting 60,000 images takes longer than a small network's step.
    """

    def __init__(self, data: DeviceImages) -> None:
        self._all = data.all()

    def prepare(self, step: int) -> tuple[int, int]:
        """Nothing ever has to be made ready."""
        return step, ENDLESS

    def batch(self, _: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """The same at each place."""
        return self._all


class ShuffledBatches:
    """Pass after pass over the images, each in an order of its own.

    The orders of several passes are ready at once where an epoch goes over several.
    """

    def __init__(self, data: DeviceImages, counted: Batches, seed: int) -> None:
        self._data = data
        self._batches = counted
        self._seed = seed
        wanted = math.ceil(counted.steps_per_epoch / counted.steps_per_pass)
        self._passes = min(wanted, max(1, MOST_POSITIONS // len(data)))
        self._ready: int | None = None
        self._order = tf.Variable(tf.zeros((self._passes, len(data)), tf.int32), trainable=False)

    def prepare(self, step: int) -> tuple[int, int]:
        """Shuffle for the passes around `step`, unless that is done."""
        steps = self._passes * self._batches.steps_per_pass
        group, place = divmod(step, steps)
        if group != self._ready:
            first = group * self._passes
            passes = range(first, first + self._passes)
            n = self._batches.n_images
            self._order.assign(np.stack([epoch_order(n, self._seed, i) for i in passes]))
            self._ready = group
        return place, steps - place

    def batch(self, place: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """The images that stand at `place` in the order."""
        size, steps = self._batches.batch_size, self._batches.steps_per_pass
        first = (place % steps) * size
        last = tf.minimum(first + size, self._batches.n_images)
        return self._data.batch(self._order[place // steps, first:last])
