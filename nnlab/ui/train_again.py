"""Where a run has no moments to go back to: it can be trained once more."""

import streamlit as st

from nnlab.runs.run import Run
from nnlab.ui.once import once
from nnlab.ui.starting import start
from nnlab.ui.state import State

_BEGUN = "nnlab_trained_again"


def train_again(state: State, run: Run, key: str) -> None:
    """That only the end of a run can be seen, and a button to train it again.

    Args:
        state: the visitor's; a task may forbid it.
        run: one without recorded moments.
        key: of the button, unique on the page.
    """
    if st.session_state.pop(_BEGUN, None) == state.run_id != run.id:
        st.rerun()  # the button may stand in a fragment; the whole page shows the new run
    if run.brought_in:
        st.caption("Brought in from a file: only the network as it came can be seen.")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            ":material/timeline: No moments of this training were recorded, so only its end can be"
            " seen. Train it again, and a slider leads from the first step to the last.",
            width="stretch",
        )
        st.button(
            "Train it again",
            icon=":material/replay:",
            key=key,
            on_click=once(_again),
            args=(state, run),
        )


def _again(state: State, run: Run) -> None:
    if not state.admits(run.experiment):
        st.toast("Your task fixes what is trained: go to Train.", icon=":material/lock:")
        return
    begun = start(run.experiment, state.owner)
    if begun is not None:
        state.run_id = begun
        st.session_state[_BEGUN] = begun
