"""Which kind of worker trains which network, and how much room a run takes there.

Small networks lose more by handing work between threads than they gain, so most workers have one
thread for arithmetic and there is one a core. A large network gains from two: one more worker has
threads on all of them. Runs that share a worker take turns (`nnlab/work/turns.py`); what limits
their number is memory.
"""

import functools
from typing import Literal

from nnlab import settings
from nnlab.check import describe, training_images
from nnlab.experiment import Experiment

Kind = Literal["train", "train-large"]

SMALL: Kind = "train"
LARGE: Kind = "train-large"
# Units of room, Dask's "resources": a worker of ours offers as many.
ROOM: dict[Kind, int] = {SMALL: 40, LARGE: 16}
# Threads for the short tasks, so that a drawing is answered while all the room is taken.
SHORT_TASK_THREADS = 2
# A run keeps its weights and two moments of the optimizer as float32 between its turns. A compiled
# network of its own, where nobody else has that structure, was measured at 6 MB.
BYTES_A_PARAMETER = 12
BYTES_A_UNIT = 40_000_000
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


@functools.lru_cache(maxsize=256)
def room_of(experiment: Experiment) -> int:
    """Units of room that a run takes: 1 for all but the largest networks."""
    state = describe(experiment).parameters * BYTES_A_PARAMETER
    return min(1 + state // BYTES_A_UNIT, *ROOM.values())


def threads_of(experiment: Experiment) -> int:
    """Threads of the arithmetic of a run of it, on workers of our own."""
    return settings.large_worker_threads() or 1 if is_large(experiment) else 1
