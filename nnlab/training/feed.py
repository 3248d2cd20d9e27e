"""Which images each step gets."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import tensorflow as tf

from nnlab.experiment import Batches, Training, batches
from nnlab.training.device import DeviceImages
from nnlab.training.order import epoch_order

# So many positions are kept at a time where epochs go over many passes: 400 kB.
MOST_POSITIONS = 100_000
ENDLESS = 10**9  # steps


@dataclass(frozen=True)
class Piece:
    """`count` steps that go into one compiled call: batches of `size` from `first` in the order."""

    first: int
    size: int
    count: int


class Feed(Protocol):
    """Where `ChunkedSteps` has its batches from; steps count from the start of training.

    Attributes:
        data: the images as the steps take them.
        order: int32, positions among the images as they are used one after the other.
    """

    data: DeviceImages
    order: tf.Tensor

    def prepare(self, step: int) -> tuple[int, int]:
        """Get ready for `step`; returns its place in what is ready, and how many steps are."""

    def pieces(self, place: int, count: int) -> Iterator[Piece]:
        """The `count` steps from `place` on."""


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
        self.data = data.as_float()
        self.order = tf.constant(np.zeros(0, np.int32))

    def prepare(self, step: int) -> tuple[int, int]:
        """Nothing ever has to be made ready."""
        return step, ENDLESS

    def pieces(self, place: int, count: int) -> Iterator[Piece]:  # noqa: ARG002
        """They are all alike."""
        yield Piece(0, len(self.data), count)


class ShuffledBatches:
    """Pass after pass over the images, each in an order of its own.

    The orders of several passes are ready at once where an epoch goes over several.
    """

    def __init__(self, data: DeviceImages, counted: Batches, seed: int) -> None:
        self.data = data
        self._batches = counted
        self._seed = seed
        wanted = math.ceil(counted.steps_per_epoch / counted.steps_per_pass)
        self._passes = min(wanted, max(1, MOST_POSITIONS // len(data)))
        self._ready: int | None = None
        self.order = tf.constant(np.zeros(0, np.int32))

    def prepare(self, step: int) -> tuple[int, int]:
        """Shuffle for the passes around `step`, unless that is done."""
        steps = self._passes * self._batches.steps_per_pass
        group, place = divmod(step, steps)
        if group != self._ready:
            first = group * self._passes
            passes = range(first, first + self._passes)
            n = self._batches.n_images
            self.order = tf.constant(
                np.concatenate([epoch_order(n, self._seed, i) for i in passes])
            )
            self._ready = group
        return place, steps - place

    def pieces(self, place: int, count: int) -> Iterator[Piece]:
        """Whole batches together as far as they go; a pass's last, smaller one by itself."""
        size, n = self._batches.batch_size, self._batches.n_images
        per_pass, end = self._batches.steps_per_pass, place + count
        smaller = n % size
        while place < end:
            done, step = divmod(place, per_pass)
            first = done * n + step * size
            if smaller and step == per_pass - 1:
                yield Piece(first, smaller, 1)
                place += 1
                continue
            here = end - place
            if smaller:
                here = min(here, per_pass - 1 - step)
            yield Piece(first, size, here)
            place += here
