"""In a class round, before and between games."""

import streamlit as st

from nnlab.challenge.rules import Rules
from nnlab.challenge.score import score_in_words
from nnlab.runs.challenges import ChallengeRefused, ClassRound
from nnlab.runs.run import Run
from nnlab.ui.code_sign import show_code
from nnlab.ui.draw.challenge.address import round_link
from nnlab.ui.draw.challenge.board import board
from nnlab.ui.draw.challenge.moves import begin, leave
from nnlab.ui.draw.challenge.play import Play
from nnlab.ui.draw.challenge.setup import join_form, setup
from nnlab.ui.draw.sheet import Sheet
from nnlab.ui.once import once
from nnlab.ui.resources import engine
from nnlab.ui.state import State


def lobby(state: State, run: Run, sheet: Sheet, play: Play, code: str) -> None:
    """Code, nickname, and the board; the setup where there is no such round (any more)."""
    try:
        found = engine().challenges.get(code, state.owner)
    except ChallengeRefused as error:
        leave(state, play)
        play.refused = str(error)
        setup(state, run, sheet, play)
        return
    with st.container(border=True, key="challenge-lobby"):
        _invitation(found)
        _part(state, sheet, play, found)
    if found.mine or found.nickname is not None:
        board(state, found)


def _invitation(found: ClassRound) -> None:
    title = "Class round, closed" if found.closed else "Class round"
    show_code(found.code, title, "challenge-code-sign")
    if found.mine and not found.closed:
        st.markdown("Others open this link, or choose Challenge and type the code:")
        st.code(round_link(found.code), language=None, wrap_lines=True)
    rules = Rules(found.rules.seconds, found.rules.confidence)
    st.caption(f"{rules.seconds:g} seconds for each digit. {score_in_words(rules)}")


def _part(state: State, sheet: Sheet, play: Play, found: ClassRound) -> None:
    if found.nickname is None and not found.closed:
        join_form(state, play, found.code)
    elif found.nickname is not None:
        st.text(f"You play as {found.nickname}.")
    with st.container(horizontal=True, gap="small"):
        if found.nickname is not None and not found.closed:
            st.button(
                "Start drawing",
                icon=":material/play_arrow:",
                type="primary",
                key="challenge-begin",
                on_click=once(begin),
                args=(state, sheet, play),
            )
        st.button(
            "Leave this round",
            icon=":material/logout:",
            type="tertiary",
            key="challenge-leave",
            on_click=once(leave),
            args=(state, play),
        )
