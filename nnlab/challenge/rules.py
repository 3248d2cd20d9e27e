"""What is asked in a round, and when a digit counts as drawn right."""

import random
from dataclasses import dataclass

# A digit is drawn in some two seconds; half of a class needs a second try.
SECONDS = 20.0
SECONDS_CHOICES = (10.0, 20.0, 30.0)
CONFIDENCE = 0.6
SEEDS = 2**31


@dataclass(frozen=True)
class Rules:
    """The same for everybody in a round.

    Attributes:
        seconds: time for each digit.
        confidence: the least probability of the asked digit at which it counts as read.
    """

    seconds: float = SECONDS
    confidence: float = CONFIDENCE


def sequence(seed: int) -> tuple[int, ...]:
    """Every digit once, in the order that belongs to the seed, on every computer the same."""
    # `random()` is promised to give the same numbers in every version of Python; `shuffle` is not.
    chance = random.Random(seed)
    return tuple(sorted(range(10), key=lambda _: chance.random()))
