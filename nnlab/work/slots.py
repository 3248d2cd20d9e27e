"""Which kind of worker trains which network.

Small networks lose more by handing work between threads than they gain, so most workers have one
thread and there is one a core. A large network gains from two: one more worker has threads on all
of them and trains one large network at a time.
"""

import functools

from nnlab.check import describe, training_images
from nnlab.experiment import Experiment

Slot = dict[str, int]

SMALL: Slot = {"train": 1}
LARGE: Slot = {"train-large": 1}
# Multiply-adds of a step, forwards. benchmarks/threads.py: on two threads a step of 3 million takes
# a third longer, at 13 million it is even to a little faster, from 26 million on faster by a third.
LARGE_FROM = 20_000_000


@functools.lru_cache(maxsize=256)
def is_large(experiment: Experiment) -> bool:
    """Whether a training step of it is worth more than one thread.

    The experiment alone decides, not how busy the workers are: the sums of a convolution's
    gradient are split among threads, so another number of them gives other last digits.
    """
    size = experiment.training.batch_size
    images = training_images(experiment.dataset) if size == "full" else size
    return describe(experiment).multiply_adds * (images or 0) >= LARGE_FROM
