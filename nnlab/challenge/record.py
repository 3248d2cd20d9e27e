"""A game as JSON and back, so that a reload in mid-round does not lose it."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nnlab.challenge.game import Ending, Game, Outcome
from nnlab.challenge.rules import Rules

_MOST_SECONDS = 600.0


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False, allow_inf_nan=False)


class _Outcome(_Strict):
    ending: Ending
    read: int | None = Field(ge=0, le=9)
    seconds: float | None = Field(ge=0)


class _Record(_Strict):
    sequence: list[int] = Field(min_length=1, max_length=100)
    seconds: float = Field(gt=0, le=_MOST_SECONDS)
    confidence: float = Field(ge=0, le=1)
    asked_at: float
    outcomes: list[_Outcome]
    read: int | None = Field(ge=0, le=9)


def to_record(game: Game, now: float, utc: float) -> dict[str, Any]:
    """The game with its times in UTC.

    Args:
        game: what to keep.
        now: the game's own clock.
        utc: the same moment in seconds since 1970.
    """
    return {
        "sequence": list(game.sequence),
        "seconds": game.rules.seconds,
        "confidence": game.rules.confidence,
        "asked_at": utc - (now - game.asked_at),
        "outcomes": [
            {"ending": each.ending, "read": each.read, "seconds": each.seconds}
            for each in game.outcomes
        ],
        "read": game.read,
    }


def from_record(kept: Any, now: float, utc: float) -> Game | None:
    """The game on a clock that shows `now` at `utc`; None where the record cannot be read."""
    try:
        record = _Record.model_validate(kept)
    except ValidationError:
        return None
    if len(record.outcomes) > len(record.sequence) or not set(record.sequence) <= set(range(10)):
        return None
    outcomes = tuple(
        Outcome(asked, each.ending, each.read, each.seconds)
        for asked, each in zip(record.sequence, record.outcomes, strict=False)
    )
    # A clock that was set back must not lengthen the time for the digit.
    asked_at = now - max(utc - record.asked_at, 0.0)
    rules = Rules(record.seconds, record.confidence)
    return Game(tuple(record.sequence), rules, asked_at, outcomes, record.read)
