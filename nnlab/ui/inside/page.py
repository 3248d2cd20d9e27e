"""The page below the choice of a run: one fragment, so that the slider moves all of it."""

import streamlit as st

from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.timeline import Timeline
from nnlab.ui.inside.choice import tell_of_the_end_only
from nnlab.ui.inside.look import inside_state, look_at
from nnlab.ui.inside.sections import SECTIONS
from nnlab.ui.inside.view import View
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.ui.tied import tied
from nnlab.ui.time_bar import snapshot_at, time_bar
from nnlab.ui.watching import begin_pace, keep_pace

_PACE = "inside"


def inside(state: State, run: Run) -> None:
    """The slider and the chosen section.

    While the run goes on there are new moments, and while workers begin there are answers to come;
    then it looks again by itself.
    """
    every = begin_pace(_PACE) if run.active or not _ready() else None
    # A key of its own for each case: the browser keeps the timer of a fragment it knows.
    key = f"inside-{run.id}-{run.active}"
    st.fragment(_inside, run_every=every, key=key)(state, run)


def _ready() -> bool:
    return engine().status.phase == "ready"


def _inside(state: State, run: Run) -> None:
    if run.active:
        run = _as_it_is_now(state, run)
        keep_pace(_PACE)
    with st.container():
        place = time_bar(run, f"inside-time-{run.id}")
        if place is None:
            st.info("The first moment of this run is still to come.", icon=":material/schedule:")
            return
        if not run.active and not _recorded(run):
            tell_of_the_end_only(state, run)
    section = _section()
    try:
        view = View(state, run, place, snapshot_at(run, place), look_at(run.id))
        with st.container():
            SECTIONS[section](view)
    except RunNotFound:
        st.error(
            "The files of this run are missing or damaged, so it cannot be looked into. Train it"
            " again from the Train page.",
            icon=":material/error:",
        )


def _as_it_is_now(state: State, run: Run) -> Run:
    """The run, read again; once it has ended the page around it learns of that."""
    try:
        now = engine().run(run.id, state.owner)
    except RunNotFound:
        st.rerun()
    if not now.active:
        st.rerun()
    return now


def _recorded(run: Run) -> bool:
    return len(Timeline(run).places) > 1


def _section() -> str:
    chosen = inside_state()
    if chosen.section not in SECTIONS:
        chosen.section = next(iter(SECTIONS))
    st.segmented_control(
        "What to look at",
        tuple(SECTIONS),
        default=chosen.section,
        required=True,
        label_visibility="collapsed",
        **tied(chosen, "section", f"inside-section-{chosen.turned}"),
    )
    return chosen.section
