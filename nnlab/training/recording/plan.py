"""Which moments of a run are recorded, and how much of each.

Known before training begins, from the experiment alone, so that a run that was interrupted has
the same moments as one that was not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

# Training images on which activations and gradients are seen.
SAMPLE = 128
# Where in the first epoch, which is when most is learned.
FRACTIONS = (1 / 32, 1 / 8, 1 / 2)
# Answers for fewer test images than this tell too little of single cells.
LEAST_PREDICTED = 1000
PREDICTED = (10_000, 5_000, 2_500, LEAST_PREDICTED)
# Of the work of training; an image that is only answered takes a third of one that is trained on.
MOST_WORK = 0.02
# More are not told apart on a slider.
MOST_MOMENTS = 60
# With fewer than this the first epoch is given up for an even spread.
ENOUGH = 8


@dataclass(frozen=True)
class Plan:
    """What is recorded.

    Attributes:
        steps: of the moments, counted from the start of training, in order.
        predicted: for how many test images the answers are kept.
        weights: how the weights are kept, None for not at all.
    """

    steps: tuple[int, ...]
    predicted: int
    weights: Literal["float32", "float16"] | None


@dataclass(frozen=True)
class Size:
    """Of a training.

    Attributes:
        epochs: at most.
        steps_per_epoch: steps in each.
        images: in an epoch.
        tested: number of test images.
        outputs: units of the output layer.
        parameters: numbers among the weights.
    """

    epochs: int
    steps_per_epoch: int
    images: int
    tested: int
    outputs: int
    parameters: int


def plan(size: Size, room: int) -> Plan:
    """What can be recorded without much work, in `room` bytes.

    Weights are kept as float32 where all moments then fit, else as float16; where not even the
    start and the end would fit, without them. Epochs are left out evenly where there is no room.
    """
    wanted = _all_steps(size)
    predicted = _predicted(size, len(wanted))
    # Numbers are kept as float32, the probabilities of classes as float16.
    without = (4 if size.outputs == 1 else 2) * predicted * size.outputs + 40_000
    fits = {each: room // (without + each * size.parameters) for each in (4, 2, 0)}
    if fits[0] < 2:
        return Plan((), 0, None)
    if fits[4] >= len(wanted):
        return Plan(wanted, predicted, "float32")
    if fits[2] >= 2:
        return Plan(_thinned(wanted, size, fits[2]), predicted, "float16")
    return Plan(_thinned(wanted, size, fits[0]), predicted, None)


def _all_steps(size: Size) -> tuple[int, ...]:
    every = {0, *_first_epoch(size), *_ends(size, range(1, size.epochs + 1))}
    return _thinned(tuple(sorted(every)), size, MOST_MOMENTS)


def _first_epoch(size: Size) -> tuple[int, ...]:
    return tuple({round(part * size.steps_per_epoch) for part in FRACTIONS} - {0})


def _ends(size: Size, epochs: Sequence[int]) -> tuple[int, ...]:
    return tuple(epoch * size.steps_per_epoch for epoch in epochs)


def _predicted(size: Size, moments: int) -> int:
    work = 3 * size.images * size.epochs
    fits = [n for n in PREDICTED if moments * min(n, size.tested) <= MOST_WORK * work]
    return min(size.tested, max(fits, default=LEAST_PREDICTED))


def _thinned(steps: tuple[int, ...], size: Size, most: int) -> tuple[int, ...]:
    """At most so many of them: the start, the last, and what lies evenly between."""
    if len(steps) <= most:
        return steps
    early = (0, *_first_epoch(size)) if most >= ENOUGH else (0,)
    left = most - len(set(early))
    ends = _ends(size, [max(1, round(size.epochs * (k + 1) / left)) for k in range(left)])
    return tuple(sorted({*early, *ends}))
