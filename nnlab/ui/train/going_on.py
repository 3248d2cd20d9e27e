"""Says that the experiment in the form is a fine-tuning, and offers to make a plain one of it."""

import streamlit as st

from nnlab.ui.once import once
from nnlab.ui.state import State


def going_on(state: State) -> None:
    """Nothing where the weights are drawn from the seed and no drawings are learned from."""
    drawings = state.experiment.dataset.drawings
    parts = []
    if state.experiment.training.start_from is not None:
        parts.append("goes on from the network of another run, whose layers it must keep")
    if drawings is not None:
        parts.append(f"learns from {drawings.count} drawings as well, each {drawings.repeat} times")
    if parts:
        st.info(f"This experiment {', and '.join(parts)}.", icon=":material/tune:")
        if state.locked("training.start_from") or state.locked("dataset.drawings"):
            return
        st.button(
            "Begin afresh instead",
            key="train-afresh",
            icon=":material/restart_alt:",
            help="Weights from the seed, and no drawings. All other settings stay.",
            on_click=once(_begin_afresh),
            args=(state,),
        )


def _begin_afresh(state: State) -> None:
    state.edit("training.start_from", None)
    state.edit("dataset.drawings", None)
