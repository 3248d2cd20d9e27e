"""Paper on the left, the answer beside it: one fragment, so that a stroke redraws only these."""

import streamlit as st

from nnlab.runs.run import Run
from nnlab.ui.draw.answer import answer_bars, answer_card
from nnlab.ui.draw.film import film
from nnlab.ui.draw.kept import keep, sheet_of
from nnlab.ui.draw.paper import paper
from nnlab.ui.draw.reading import reading_of
from nnlab.ui.draw.sheet import SIDE
from nnlab.ui.draw.wake import wake
from nnlab.ui.state import State

# The answer takes what the paper leaves, and goes below it where that is too little.
_STYLE = """
<style>
  .st-key-draw-desk > :has(> .st-key-draw-answer) {flex: 1 1 21rem; min-width: min(21rem, 100%);}
  .st-key-draw-buttons kbd {display: none;}
</style>
"""


@st.fragment
def desk(state: State, run: Run) -> None:
    """Draw, and read what the network of `run` makes of it."""
    sheet = sheet_of(state)
    st.html(_STYLE)
    with st.container(horizontal=True, gap="medium", key="draw-desk"):
        with st.container(width=SIDE):
            changed = paper(state, sheet)
        reading = reading_of(state, run, sheet)
        with st.container(key="draw-answer"):
            answer_card(run, reading)
            answer_bars(run, reading)
    film(run, reading)
    if changed:
        keep(state, sheet)  # last: the answer does not wait for the disk
    if sheet.empty:
        wake(run)
