"""What is behind an answer: one view at a time, so that a stroke waits for no other."""

from collections.abc import Callable

import streamlit as st

from nnlab.runs.run import Run
from nnlab.ui.draw.compare import compare
from nnlab.ui.draw.digits import knows_digits
from nnlab.ui.draw.film import film
from nnlab.ui.draw.handwriting.panel import my_handwriting
from nnlab.ui.draw.reading import Reading
from nnlab.ui.draw.why import why
from nnlab.ui.state import State

STEPS, WHY, COMPARE, MINE = "Step by step", "Why", "Several networks", "My handwriting"


def sections(state: State, run: Run, reading: Reading) -> None:
    """Tabs, of which the open one alone is drawn."""
    views: dict[str, Callable[[], None]] = {
        STEPS: lambda: film(run, reading),
        WHY: lambda: why(state, run, reading),
        COMPARE: lambda: compare(state, run, reading),
    }
    if knows_digits(run):
        views[MINE] = lambda: my_handwriting(state, run)
    tabs = st.tabs(list(views), key="draw-sections", on_change="rerun")
    for tab, draw in zip(tabs, views.values(), strict=True):
        if tab.open:
            with tab:
                draw()
