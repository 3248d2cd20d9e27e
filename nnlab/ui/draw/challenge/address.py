"""A class round has a link of its own."""

import streamlit as st

from nnlab.joining.code import InvalidCode, parse_code
from nnlab.ui.draw.challenge.play import Play

_PARAMETER = "round"


def link_names_round() -> bool:
    """Whether the page was opened by the link of a class round: it then begins in Challenge."""
    return _PARAMETER in st.query_params


def round_link(code: str) -> str:
    """The link of a round, as this visitor's browser would write it."""
    page = (st.context.url or "").split("?")[0]
    return f"{page}?{_PARAMETER}={code}"


def follow_link(play: Play) -> None:
    """Go to the round of the link, once, and not in the middle of another game."""
    named = st.query_params.get(_PARAMETER)
    if named is None or named == play.link or (play.game is not None and not play.game.over):
        return
    play.link = named
    try:
        code = parse_code(named)
    except InvalidCode as error:
        play.refused = str(error)
        return
    if code != play.code:
        play.code, play.game, play.refused = code, None, None
