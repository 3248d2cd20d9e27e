"""Which run is evaluated, or how to come by one."""

import streamlit as st

from nnlab.runs.run import Run
from nnlab.ui.run_choice import choose_run
from nnlab.ui.state import State


def choose_evaluated(state: State) -> Run | None:
    """A select box of the runs that were tested; None, and a way on, where there is none."""
    run = choose_run(state, only=_tested)
    if run is None:
        _nothing_yet()
    return run


def _tested(run: Run) -> bool:
    """A run that was stopped before its first epoch is complete, but has no network."""
    return run.complete and run.test_accuracy is not None


def _nothing_yet() -> None:
    with st.container(border=True, gap="small"):
        st.subheader("Nothing to evaluate yet", anchor=False)
        st.markdown(
            "Train a network first: when its run ends, or you stop it, its answers on the test"
            " images are shown here. Five epochs on MNIST take a few seconds."
        )
        st.page_link(
            "pages/2_Train.py", label="To the Train page", icon=":material/model_training:"
        )
