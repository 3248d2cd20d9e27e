"""Which run is looked into, or how to come by one."""

import streamlit as st

from nnlab.runs.moments import Moments
from nnlab.runs.run import Run
from nnlab.ui.nothing_yet import nothing_yet
from nnlab.ui.opening import go_if_opened, open_experiment
from nnlab.ui.run_choice import choose_run
from nnlab.ui.state import State


def choose_inside(state: State) -> Run | None:
    """A select box of the runs with a network; None, and a way on, where there is none."""
    run = choose_run(state, only=_can_be_looked_into)
    if run is None:
        nothing_yet(
            "No network to look into yet",
            "Train a network first: from its first moment on you can watch here what its weights"
            " become, and follow an image through its layers.",
        )
    return run


def _can_be_looked_into(run: Run) -> bool:
    """A run under way, or broken off, can be seen at the moments recorded so far."""
    return run.complete or bool(Moments(run.id).steps())


def tell_of_the_end_only(state: State, run: Run) -> None:
    """The run has no moments: its end is what there is, and another training records more."""
    if run.brought_in:
        st.caption("Brought in from a file: only the network as it came can be seen.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            ":material/timeline: No moments of this training were recorded, so only its end can be"
            " seen. Train it again, and a slider leads from the first step to the last."
        )
        st.button(
            "Open its settings on Train",
            icon=":material/tune:",
            key="inside-again",
            on_click=open_experiment,
            args=(state, run.experiment),
        )
    go_if_opened()
