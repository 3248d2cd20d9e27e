"""Has an answer given anew, once it can be told whether the drawing is like what was learned."""

from contextlib import suppress

import streamlit as st

from nnlab.runs.run import Run
from nnlab.ui.draw.reading import Reading, forget
from nnlab.ui.resources import engine
from nnlab.ui.state import State

LOOK_EVERY_SECONDS = 1.0
# An index takes some seconds; what has not come by then has failed, and another stroke asks again.
MOST_LOOKS = 30
_LOOKS, _ENOUGH = "nnlab_check_looks", "nnlab_check_enough"


def answer_again_when_checked(state: State, run: Run, reading: Reading) -> None:
    """Look whether the network's index is there, while the answer has come without it."""
    asked = (run.id, reading.image)
    if reading.unchecked and st.session_state.get(_ENOUGH) != asked:
        st.fragment(_look, run_every=LOOK_EVERY_SECONDS, key="draw-check")(state, asked)


def _look(state: State, asked: tuple[str, bytes | None]) -> None:
    known, looks = st.session_state.get(_LOOKS, (None, 0))
    looks = looks + 1 if known == asked else 1
    st.session_state[_LOOKS] = (asked, looks)
    ready = False
    with suppress(Exception):  # nobody asked; the next stroke will tell what is wrong
        ready = engine().prepare_reading(asked[0], state.owner)
    if ready:
        forget()
    if ready or looks >= MOST_LOOKS:
        st.session_state[_ENOUGH] = asked  # also where it is still unchecked: never in a circle
        st.rerun()
