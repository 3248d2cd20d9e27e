"""One digit: paper on the left, the answer beside it, what is behind the answer below."""

import streamlit as st

from nnlab.datasets import info_of
from nnlab.runs.run import Run
from nnlab.ui.draw.answer import answer_bars, answer_card, what_to_draw
from nnlab.ui.draw.checked import answer_again_when_checked
from nnlab.ui.draw.handwriting.confirm import confirm
from nnlab.ui.draw.kept import keep, sheet_of
from nnlab.ui.draw.paper import paper
from nnlab.ui.draw.reading import reading_of
from nnlab.ui.draw.sections import sections
from nnlab.ui.draw.settings import draw_settings, keep_settings
from nnlab.ui.draw.sheet import SIDE
from nnlab.ui.draw.wake import wake
from nnlab.ui.state import State

_UNSURE = "draw-unsure"
# The card stays beside the paper even on a tablet; the bars go below where there is no room.
_STYLE = """
<style>
  .st-key-draw-desk > :has(> .st-key-draw-answer) {flex: 1 1 11rem; min-width: 11rem;}
  .st-key-draw-desk > :has(> .st-key-draw-bars) {flex: 2.2 1 21rem; min-width: min(21rem, 100%);}
</style>
"""


def digit_desk(state: State, run: Run) -> None:
    """Draw, read the answer, and look behind it."""
    sheet, settings = sheet_of(state), draw_settings(state)
    st.html(_STYLE)
    with st.container(horizontal=True, gap="medium", key="draw-desk"):
        with st.container(width=SIDE):
            thing = what_to_draw(info_of(run.experiment.dataset))
            changed = paper(state, sheet, thing)
            _unsure_below(state)
        reading = reading_of(state, run, sheet)
        with st.container(key="draw-answer"):
            answer_card(run, reading, settings.unsure_below)
            answer_again_when_checked(state, run, reading)
        with st.container(key="draw-bars"):
            answer_bars(run, reading)
            confirm(state, run, sheet, reading)
    sections(state, run, reading)
    if changed:
        keep(state, sheet)  # last: the answer does not wait for the disk
    if sheet.empty:
        wake(run)


def _unsure_below(state: State) -> None:
    settings = draw_settings(state)

    def change() -> None:
        settings.unsure_below = st.session_state[_UNSURE] / 100
        keep_settings(state)

    st.slider(
        "Unsure below",
        0,
        100,
        round(100 * settings.unsure_below),
        step=5,
        format="%d %%",
        key=_UNSURE,
        on_change=change,
        help="When its best guess has a lower probability, the network is said to be unsure.",
    )
