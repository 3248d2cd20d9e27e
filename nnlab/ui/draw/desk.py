"""The page below the choice of a network: one fragment, so that a stroke redraws only this."""

import streamlit as st

from nnlab.runs.run import Run
from nnlab.ui.draw.challenge.address import link_names_round
from nnlab.ui.draw.contest import contest_desk
from nnlab.ui.draw.digit import digit_desk
from nnlab.ui.draw.digits import knows_digits
from nnlab.ui.draw.number import number_desk
from nnlab.ui.draw.settings import CHALLENGE, DIGIT, MODES, NUMBER, draw_settings, keep_settings
from nnlab.ui.state import State

_MODE = "draw-mode"
_ICONS = {DIGIT: "looks_one", NUMBER: "dialpad", CHALLENGE: "timer"}


@st.fragment
def desk(state: State, run: Run) -> None:
    """Draw, and read what the network of `run` makes of it."""
    with st.container():  # always there, so that the canvas keeps its place
        mode = _mode(state) if knows_digits(run) else DIGIT
    if mode == NUMBER:
        number_desk(state, run)
    elif mode == CHALLENGE:
        contest_desk(state, run)
    else:
        digit_desk(state, run)


def _mode(state: State) -> str:
    """What is drawn: a single digit, a number, or what the challenge asks for."""
    settings = draw_settings(state)
    if _MODE not in st.session_state and link_names_round():
        settings.mode = CHALLENGE  # a link to a class round leads to it

    def choose() -> None:
        settings.mode = st.session_state[_MODE]
        keep_settings(state)

    return st.segmented_control(
        "What to draw",
        MODES,
        default=settings.mode,
        required=True,
        format_func=lambda mode: f":material/{_ICONS[mode]}: {mode}",
        key=_MODE,
        on_change=choose,
        label_visibility="collapsed",
    )
