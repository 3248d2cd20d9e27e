"""The page below the choice of a run: one fragment, so that the slider moves all of it."""

import streamlit as st

from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.timeline import Place, Timeline
from nnlab.ui.inside.look import inside_state, look_at
from nnlab.ui.inside.sections import SECTIONS, WITHOUT_IMAGES
from nnlab.ui.inside.view import View
from nnlab.ui.kinds import NO_IMAGES, has_images
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.ui.tied import tied
from nnlab.ui.time_bar import snapshot_at, time_bar
from nnlab.ui.train_again import train_again
from nnlab.ui.watching import begin_pace, keep_pace, look_again_every

_PACE = "inside"
# While workers begin, and when nothing more is waited for.
LOOK_EVERY_SECONDS, REST_SECONDS = 1.5, 3600.0
_HALF = (
    ":material/compress: So that all moments of this training find room, their weights were"
    " recorded in half precision, to about three digits. Those of the end are whole."
)


def inside(state: State, run: Run) -> None:
    """The slider and the chosen section.

    While the run goes on there are new moments, and while workers begin there are answers to come;
    then it looks again by itself.
    """
    waits = not run.active and not _ready()
    every = begin_pace(_PACE) if run.active else LOOK_EVERY_SECONDS if waits else None
    # A key of its own for each case: the browser keeps the timer of a fragment it knows.
    key = f"inside-{run.id}-{run.active}-{waits}"
    st.fragment(_inside, run_every=every, key=key)(state, run, waits)


def _ready() -> bool:
    return engine().status.phase == "ready"


def _inside(state: State, run: Run, waited: bool) -> None:
    if waited and _ready():
        look_again_every(REST_SECONDS)  # a timer cannot be taken back from here
    if run.active:
        run = _as_it_is_now(state, run)
        keep_pace(_PACE)
    with st.container():
        place = _moment(state, run)
    if place is not None:
        _section(state, run, place)


def _moment(state: State, run: Run) -> Place | None:
    """The slider; None where there is no moment yet."""
    place = time_bar(run, f"inside-time-{run.id}")
    if place is None:
        st.info("The first moment of this run is still to come.", icon=":material/schedule:")
    elif not run.active and len(Timeline(run).places) == 1:
        train_again(state, run, "inside-train-again")
    return place


def _section(state: State, run: Run, place: Place) -> None:
    if has_images(run):
        draw = SECTIONS[_choice()]
    else:
        draw = WITHOUT_IMAGES
        st.info(
            f"{NO_IMAGES} How its layers change can be seen all the same.",
            icon=":material/scatter_plot:",
        )
    try:
        view = View(state, run, place, snapshot_at(run, place), look_at(run.id))
        with st.container():
            draw(view)
    except RunNotFound:
        st.error(
            "The files of this run are missing or damaged, so it cannot be looked into. Train it"
            " again from the Train page.",
            icon=":material/error:",
        )
        return
    if view.half:
        st.caption(_HALF)


def _as_it_is_now(state: State, run: Run) -> Run:
    """The run, read again; once it has ended the page around it learns of that."""
    try:
        now = engine().run(run.id, state.owner)
    except RunNotFound:
        st.rerun()
    if not now.active:
        st.rerun()
    return now


def _choice() -> str:
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
