"""A recipe is opened on the Train page with one click, from wherever it is named."""

import streamlit as st

from nnlab.experiment import Experiment
from nnlab.recipes import Recipe
from nnlab.ui.state import State

_OPENED = "nnlab_opened"


def open_button(state: State, recipe: Recipe, label: str, quiet: bool = False) -> None:
    """A button that fills the Train page in; `quiet` looks like a link among other links."""
    st.button(
        label,
        icon=":material/tune:",
        key=f"open-{recipe.name}",
        type="tertiary" if quiet else "secondary",
        on_click=open_experiment,
        args=(state, recipe.experiment),
    )


def open_experiment(state: State, experiment: Experiment) -> None:
    """The callback of a button that opens an experiment; see `go_if_opened`."""
    state.replace(experiment)
    st.session_state[_OPENED] = True


def go_if_opened() -> None:
    """To be called once after the buttons: a callback cannot change the page itself."""
    if st.session_state.pop(_OPENED, False):
        st.switch_page("pages/2_Train.py")
