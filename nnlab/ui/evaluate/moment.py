"""At which moment of its training the page looks at a run."""

import streamlit as st

from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.timeline import Place, Timeline
from nnlab.ui.evaluate.cell_history import CellHistory
from nnlab.ui.evaluate.how_it_learned import not_recorded_yet
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.ui.time_bar import time_bar, travel
from nnlab.ui.train_again import train_again

# The slider stays in sight, so that what it moves further down can be watched; what is out of
# sight keeps its place and is not painted at each of its movements.
_STYLE = """
<style>
  [data-testid="stLayoutWrapper"]:has(> .st-key-time-bar) {{
    position: sticky; top: 0; z-index: 90;
  }}
  .st-key-time-bar {{padding: 0.9rem 0 0.5rem; background: light-dark({light}, {dark});}}
  [class*="st-key-evaluate-"][class*="-cards"], .st-key-evaluate-classes,
  .st-key-evaluate-weights {{
    content-visibility: auto; contain-intrinsic-size: auto 400px;
  }}
</style>
"""


def newest(state: State, run: Run) -> Run:
    """The run as it stands now; that does not change once it has ended."""
    if run.complete:
        return run
    try:
        return engine().run(run.id, state.owner)
    except RunNotFound:
        return st.rerun()


def choose_moment(state: State, run: Run) -> Place | None:
    """The time slider, or why there is none; None where there is nothing to look at yet."""
    place = moment_bar(run)
    if place is None:
        not_recorded_yet(run)
    elif len(Timeline(run).places) < 2 and place.end and not run.brought_in:
        train_again(state, run, "evaluate-train-again")
    return place


def moment_bar(run: Run) -> Place | None:
    """The slider, which stays in sight when the page is scrolled."""
    # Opaque, in the page's own colour, which Streamlit names to components only; the browser
    # knows which of the two, also when the theme is changed while the page is open.
    light, dark = (st.get_option(f"theme.{name}.backgroundColor") for name in ("light", "dark"))
    st.html(_STYLE.format(light=light or "Canvas", dark=dark or "Canvas"))
    with st.container(key="time-bar"):
        return time_bar(run, f"moment-{run.id}")


def cells_through_time(run: Run, place: Place, part: str | None) -> CellHistory | None:
    """What the confusion matrix shows of its cells over time; None without moments.

    Args:
        run: the run.
        place: where the slider stands.
        part: key of the fragment to be drawn again after a click, None for the whole page.
    """
    places = Timeline(run).places

    def choose(other: Place) -> None:
        travel(run, other)
        if part is not None:
            st.rerun(part)

    return CellHistory(run, places, place, choose) if len(places) > 1 else None
