"""A remedy one click away: the changed experiment goes into the Train form."""

import streamlit as st

from nnlab.analysis.diagnosis import Remedy, change_in_words
from nnlab.experiment import Experiment, InvalidExperiment
from nnlab.ui.once import once
from nnlab.ui.opening import open_experiment
from nnlab.ui.state import State

_TRIED = "nnlab_tried"


def remedy_button(state: State, before: Experiment, remedy: Remedy, key: str) -> None:
    """A button that fills the Train page in; words where no setting is the remedy.

    Args:
        state: the visitor's; a task's locks hold.
        before: the run's experiment.
        remedy: what to try.
        key: unique on the page.
    """
    if remedy.experiment is None:
        st.caption(remedy.words)
        return
    change = change_in_words(before, remedy.experiment) or "the same once more"
    locked = _locked(state, remedy.experiment)
    st.button(
        f"Try it: {change}",
        key=f"{key}-try",
        icon=":material/tune:",
        help="Your task does not leave this setting to you." if locked else remedy.words,
        disabled=locked,
        width="stretch",
        wrap=True,
        on_click=once(_try),
        args=(state, remedy.experiment, change),
    )


def _locked(state: State, experiment: Experiment) -> bool:
    """Whether a task stands against it; asking leaves no trace in the state."""
    if state.assignment is None:
        return False
    try:
        state.assignment.check(experiment)
    except InvalidExperiment:
        return True
    return False


def _try(state: State, experiment: Experiment, change: str) -> None:
    open_experiment(state, experiment)
    if state.refused is None:
        st.session_state[_TRIED] = change


def tell_what_is_tried() -> None:
    """To be called on the Train page, once it is there: what a toast said before would be lost."""
    change = st.session_state.pop(_TRIED, None)
    if change is not None:
        st.toast(f"In the form now: {change}. Press **Train**.", icon=":material/tune:")
