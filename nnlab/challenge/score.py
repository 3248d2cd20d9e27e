"""Points."""

from collections.abc import Sequence
from dataclasses import dataclass

from nnlab.challenge.game import Outcome
from nnlab.challenge.rules import Rules

FOR_RIGHT, FOR_SPEED = 100, 100


@dataclass(frozen=True)
class Score:
    """What a player has reached.

    Attributes:
        right: digits read right.
        mean_seconds: over these; None where there are none.
        points: their sum.
    """

    right: int
    mean_seconds: float | None
    points: int


def points(outcome: Outcome, rules: Rules) -> int:
    """100 for a digit read right, and up to 100 for speed; 0 for any other."""
    if outcome.ending != "right" or outcome.seconds is None:
        return 0
    share_left = min(max(1 - outcome.seconds / rules.seconds, 0.0), 1.0)
    return FOR_RIGHT + round(FOR_SPEED * share_left)


def score(outcomes: Sequence[Outcome], rules: Rules) -> Score:
    """The sum over all digits so far."""
    times = [each.seconds for each in outcomes if each.seconds is not None]
    mean = sum(times) / len(times) if times else None
    return Score(len(times), mean, sum(points(each, rules) for each in outcomes))


def score_in_words(rules: Rules) -> str:
    """The rule in one sentence."""
    sure = f"{100 * rules.confidence:.0f}\u00a0% sure"
    return (
        f"A digit that the network reads right, at least {sure}, gives {FOR_RIGHT} points, and up "
        f"to {FOR_SPEED} more for speed, which fall evenly to none at {rules.seconds:g} seconds."
    )
