"""The challenge: paper, and beside it the digit that is asked."""

import streamlit as st

from nnlab.runs.run import Run
from nnlab.ui.draw.challenge.desk import challenge
from nnlab.ui.draw.kept import keep, sheet_of
from nnlab.ui.draw.paper import paper
from nnlab.ui.draw.reading import reading_of
from nnlab.ui.draw.sheet import SIDE
from nnlab.ui.draw.wake import wake
from nnlab.ui.state import State

_STYLE = """
<style>
  .st-key-draw-contest > :has(> .st-key-draw-asked) {flex: 1 1 21rem; min-width: min(21rem, 100%);}
</style>
"""


def contest_desk(state: State, run: Run) -> None:
    """Draw what is asked for, against the clock."""
    sheet = sheet_of(state)
    st.html(_STYLE)
    with st.container(horizontal=True, gap="medium", key="draw-contest"):
        with st.container(width=SIDE):
            changed = paper(state, sheet)
        if changed:
            keep(state, sheet)
        if sheet.empty:
            wake(run)
        reading = reading_of(state, run, sheet)
        with st.container(key="draw-asked"):
            challenge(state, run, sheet, reading)
