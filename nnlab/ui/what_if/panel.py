"""The page's body: the network that is asked, and the questions, of which the open one is drawn."""

from collections.abc import Callable

import streamlit as st

from nnlab.datasets import DatasetError
from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.plotly_library import load_ahead
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.ui.what_if.choice import choose_asked, subject_of, tell_images
from nnlab.ui.what_if.classes import classes_panel
from nnlab.ui.what_if.dropout import dropout_panel
from nnlab.ui.what_if.images import images_panel
from nnlab.ui.what_if.look import CLASSES, DROPOUT, IMAGES, QUESTIONS, UNITS, Look, look_at
from nnlab.ui.what_if.subject import Subject
from nnlab.ui.what_if.units import units_panel
from nnlab.ui.what_if.work import Work
from nnlab.work.short_tasks import WorkersNotReady

WAITING_SECONDS, WORKING_SECONDS = 1.0, 0.1
_EVERY = "nnlab_what_if_every"
_PANELS: dict[str, Callable[[Subject, Look], Work | None]] = {
    IMAGES: images_panel,
    UNITS: units_panel,
    DROPOUT: dropout_panel,
    CLASSES: classes_panel,
}


def what_if(state: State) -> None:
    """A network, and what is asked of it."""
    run = choose_asked(state)
    if run is None:
        return
    waiting = engine().status.phase != "ready"
    every = WAITING_SECONDS if waiting else st.session_state.get(_EVERY)
    # A key of its own for each case: the browser keeps the timer of a fragment it knows.
    key = f"what-if-{run.id}-{waiting}-{every}"
    st.fragment(_show, run_every=every, key=key)(run, state.owner, waiting, every)


def _show(run: Run, owner: str, was_waiting: bool, every: float | None) -> None:
    """A fragment, drawn again and again by itself while there is something to do or to wait for."""
    if was_waiting and engine().status.phase == "ready":
        st.rerun()
    work, needed = None, None
    try:
        work = _questions(run, owner)
        if work is not None and work.goes_on:
            needed = WORKING_SECONDS
            work.advance()
    except WorkersNotReady as error:
        needed = WAITING_SECONDS
        load_ahead()
        st.info(f"{error} The answers come as soon as they can.", icon=":material/hourglass_top:")
    except RunNotFound as error:
        st.error(str(error), icon=":material/error:")
    except DatasetError as error:
        st.warning(f"The workers do not have the images. {error}", icon=":material/hide_image:")
    st.session_state[_EVERY] = needed
    if not was_waiting and needed != every:
        st.rerun()  # with another timer


def _questions(run: Run, owner: str) -> Work | None:
    subject = subject_of(run, owner)
    if subject is None:
        return None
    tell_images(subject)
    look = look_at(run.id)
    # Lasting, and not the run's: another run is asked the same.
    tabs = st.tabs(list(QUESTIONS), key="what-if-questions", on_change="rerun")
    for tab, name in zip(tabs, QUESTIONS, strict=True):
        if tab.open:
            with tab:
                return _PANELS[name](subject, look)
    return None
