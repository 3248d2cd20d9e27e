"""Before a round: on one's own, with a class that waits, or a class round of one's own."""

import streamlit as st

from nnlab.challenge.rules import SECONDS_CHOICES, Rules
from nnlab.challenge.score import score_in_words
from nnlab.joining.code import InvalidCode, parse_code
from nnlab.joining.nickname import LONGEST, InvalidNickname, parse_nickname
from nnlab.runs.challenges import ChallengeRefused
from nnlab.runs.run import Run
from nnlab.ui.draw.challenge.moves import begin
from nnlab.ui.draw.challenge.play import Play, keep_play
from nnlab.ui.draw.sheet import Sheet
from nnlab.ui.once import once
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.ui.tied import tied

_CODE, _NICKNAME = "challenge-code", "challenge-nickname"


def setup(state: State, run: Run, sheet: Sheet, play: Play) -> None:
    """Three ways to begin."""
    rules = Rules(play.seconds)
    with st.container(border=True, key="challenge-setup"):
        st.subheader("Draw all ten digits", anchor=False)
        st.markdown(score_in_words(rules))
        _seconds(play)
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Play alone",
                icon=":material/play_arrow:",
                type="primary",
                key="challenge-alone",
                on_click=once(begin),
                args=(state, sheet, play),
            )
            st.button(
                "Start a class round",
                icon=":material/groups:",
                key="challenge-open",
                on_click=once(_open),
                args=(state, run, play),
                help="You get a code and a link; all who join draw the same digits.",
            )
    with st.container(border=True, key="challenge-join"):
        join_form(state, play, None)


def _seconds(play: Play) -> None:
    st.radio(
        "Seconds for each digit",
        SECONDS_CHOICES,
        index=SECONDS_CHOICES.index(play.seconds),
        format_func=lambda seconds: f"{seconds:g}",
        horizontal=True,
        **tied(play, "seconds", "challenge-seconds"),
    )


def join_form(state: State, play: Play, code: str | None) -> None:
    """Nickname, and code unless it is known; what is not allowed is answered below."""
    with st.form("challenge-form", border=False):
        st.markdown("**Join a class round**" if code is None else "**Take part**")
        if code is None:
            st.text_input("Code", key=_CODE, max_chars=12, autocomplete="off")
        st.text_input(
            "Nickname",
            key=_NICKNAME,
            max_chars=LONGEST,
            autocomplete="off",
            help="Everybody in the round sees it. Better not your full name.",
        )
        st.form_submit_button("Join", on_click=once(_join), args=(state, play, code))
    if play.refused:
        st.error(play.refused, icon=":material/error:")


def _open(state: State, run: Run, play: Play) -> None:
    try:
        rules, name = Rules(play.seconds), run.experiment.name
        play.code, play.refused = engine().challenges.start(state.owner, rules, name), None
    except ChallengeRefused as error:
        play.refused = str(error)
    keep_play(state, play)


def _join(state: State, play: Play, known: str | None) -> None:
    try:
        code = known or parse_code(st.session_state[_CODE])
        engine().challenges.join(code, state.owner, parse_nickname(st.session_state[_NICKNAME]))
        play.code, play.refused = code, None
    except (InvalidCode, InvalidNickname, ChallengeRefused) as error:
        play.refused = str(error)
    keep_play(state, play)
