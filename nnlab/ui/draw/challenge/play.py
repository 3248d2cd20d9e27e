"""What a visitor is playing; kept, so that a reload or another page does not lose it."""

import logging
from dataclasses import dataclass
from typing import Any

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from nnlab.challenge.game import Game
from nnlab.challenge.record import from_record, to_record
from nnlab.challenge.rules import SECONDS
from nnlab.joining.code import InvalidCode, parse_code
from nnlab.ui.draw.challenge import clock
from nnlab.ui.resources import engine
from nnlab.ui.state import State

logger = logging.getLogger(__name__)

_KEY, _DRAFT = "nnlab_challenge", "challenge"


@dataclass
class Play:
    """Where a visitor is in the challenge.

    Attributes:
        game: the round in play or just over; None before the first.
        code: of the class round that one is in; None for a round on one's own.
        seconds: chosen time for each digit.
        spent: the drawing with which the last digit ended; it answers no other.
        told: what came of the last digit, in words.
        refused: why the last form was not taken.
        link: the code of the link that has been followed already.
    """

    game: Game | None = None
    code: str | None = None
    seconds: float = SECONDS
    spent: bytes | None = None
    told: str = ""
    refused: str | None = None
    link: str | None = None


def play_of(state: State) -> Play:
    """The visitor's play, taken up where it was left. The time has gone on meanwhile."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _recalled(engine().drafts.get(state.owner, _DRAFT))
    return st.session_state[_KEY]


def keep_play(state: State, play: Play) -> None:
    """Write it down. Where that fails one can play on; it is lost at a reload."""
    game = play.game and to_record(play.game, clock.now(), clock.utc())
    try:
        engine().drafts.put(state.owner, _DRAFT, {"game": game, "code": play.code})
    except (OSError, SQLAlchemyError):
        logger.warning("a challenge could not be kept", exc_info=True)


def _recalled(kept: Any) -> Play:
    values = kept if isinstance(kept, dict) else {}
    game = from_record(values.get("game"), clock.now(), clock.utc())
    try:
        code = parse_code(str(values.get("code")))
    except InvalidCode:
        code = None
    return Play(game, code)
