"""The large first step: one click to a first trained network."""

import streamlit as st

from nnlab.datasets import info, status
from nnlab.experiment import Experiment, with_settings
from nnlab.recipes import RECIPES
from nnlab.ui.resources import engine
from nnlab.ui.state import State

FIRST_RECIPE = "e-beginner-notebook"
_BUILT_IN = "mnist_5k"


def start_here(state: State) -> None:
    """What happens, and the button that makes it happen."""
    experiment = first_experiment()
    images = info(experiment.dataset.name)
    with st.container(border=True, key="start-here"):
        words, button = st.columns([2, 1], vertical_alignment="center", gap="large")
        with words:
            st.subheader("Start here")
            count = images.n_train + images.n_test
            st.markdown(
                f"Train a network with one hidden layer to read handwritten digits. It looks at "
                f"the {count:,} images of **{images.title}** five times, in a few seconds, and you "
                "see it improve while it does. Then test it with digits of your own."
            )
        with button:
            st.button(
                "Train your first network",
                icon=":material/play_arrow:",
                type="primary",
                width="stretch",
                on_click=_start,
                args=(state, experiment),
            )
    if st.session_state.pop("nnlab_started", False):
        st.switch_page("pages/2_Train.py")


def first_experiment() -> Experiment:
    """The beginner recipe; on the built-in images where MNIST is not on this computer."""
    experiment = RECIPES[FIRST_RECIPE].experiment
    if status(experiment.dataset.name).state == "ready":
        return experiment
    return with_settings(experiment, {"dataset": {"name": _BUILT_IN}})


def _start(state: State, experiment: Experiment) -> None:
    state.replace(experiment)
    state.run_id = engine().train(experiment, state.owner)
    st.session_state["nnlab_started"] = True
