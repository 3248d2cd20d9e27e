"""One player's way through a round: what is asked now, and what came of the digits before."""

from dataclasses import dataclass, replace
from typing import Literal, get_args

from nnlab.challenge.rules import Rules

Ending = Literal["right", "skipped", "timed out"]
ENDINGS: tuple[Ending, ...] = get_args(Ending)


@dataclass(frozen=True)
class Outcome:
    """What came of one digit.

    Attributes:
        asked: the digit to draw.
        ending: how it ended.
        read: what the network made of the last drawing; None where it was shown none.
        seconds: from the question to the right answer; None where there was none.
    """

    asked: int
    ending: Ending
    read: int | None
    seconds: float | None


@dataclass(frozen=True)
class Game:
    """A round in play. Times are seconds on a clock of the caller's that never goes back.

    Attributes:
        sequence: the digits to draw, in order.
        rules: those of the round.
        asked_at: when the present digit was asked.
        outcomes: of the digits before it.
        read: what the network last made of the present drawing.
    """

    sequence: tuple[int, ...]
    rules: Rules
    asked_at: float
    outcomes: tuple[Outcome, ...] = ()
    read: int | None = None

    @property
    def over(self) -> bool:
        """Every digit has been asked."""
        return len(self.outcomes) == len(self.sequence)

    @property
    def asked(self) -> int | None:
        """The digit to draw now; None when the round is over."""
        return None if self.over else self.sequence[len(self.outcomes)]

    def seconds_left(self, now: float) -> float:
        """For the present digit, from the whole time down to 0."""
        used = max(now - self.asked_at, 0.0)
        return max(self.rules.seconds - used, 0.0)

    def caught_up(self, now: float) -> "Game":
        """The game at this time: a digit whose time has run out has been passed over.

        The next one was asked at the moment when the one before ran out, whether or not anybody
        was looking. A round thus takes at most its digits times their seconds.
        """
        game = self
        while not game.over and now - game.asked_at >= game.rules.seconds:
            game = game._ended("timed out", game.asked_at + game.rules.seconds)
        return game

    def seen(self, now: float, read: int, confidence: float) -> "Game":
        """The network has read the drawing; a right answer, sure enough, brings the next digit."""
        if self.over:
            return self
        game = replace(self, read=read)
        if read == self.asked and confidence >= self.rules.confidence:
            return game._ended("right", now)
        return game

    def skipped(self, now: float) -> "Game":
        """The present digit is given up."""
        return self if self.over else self._ended("skipped", now)

    def _ended(self, ending: Ending, now: float) -> "Game":
        assert self.asked is not None
        seconds = max(now - self.asked_at, 0.0) if ending == "right" else None
        outcome = Outcome(self.asked, ending, self.read, seconds)
        return replace(self, asked_at=now, outcomes=(*self.outcomes, outcome), read=None)
