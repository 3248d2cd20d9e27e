"""The large first step: one click to a first trained network."""

import numpy as np
import streamlit as st

from nnlab.datasets import info, load_arrays
from nnlab.experiment import Experiment
from nnlab.figures.images import data_uri
from nnlab.ui.defaults import BUILT_IN, first_experiment
from nnlab.ui.once import once
from nnlab.ui.picture import picture
from nnlab.ui.plotly_library import load_ahead
from nnlab.ui.starting import start
from nnlab.ui.state import State

_STYLE = """
<style>
  .st-key-start-here {
    background: rgba(63, 127, 224, 0.08);
    padding: 1.5rem 1.75rem;
  }
  .st-key-start-here button {padding: 0.8rem 1.6rem;}
  .st-key-start-here button p {font-size: 1.1rem; font-weight: 600;}
</style>
"""


def start_here(state: State) -> None:
    """What happens, and the button that makes it happen."""
    experiment = first_experiment()
    images = info(experiment.dataset.name)
    st.html(_STYLE)
    load_ahead()
    with st.container(border=True, key="start-here"):
        st.header("Start here", anchor=False)
        picture(_strip(), "start-here-digits")
        st.markdown(
            f"Train a network with one hidden layer on **{images.title}**: it looks at the images "
            "five times, in a few seconds, and you see it improve while it does. Then test it "
            "with digits of your own."
        )
        st.button(
            "Train your first network",
            icon=":material/play_arrow:",
            type="primary",
            on_click=once(_start),
            args=(state, experiment),
        )
    if st.session_state.pop("nnlab_started", False):
        st.switch_page("pages/2_Train.py")


@st.cache_data(show_spinner=False, max_entries=1)
def _strip() -> str:
    """A digit of each class, as HTML: from the built-in set, which is read in no time."""
    arrays = load_arrays(BUILT_IN)
    _, first = np.unique(arrays.y_train, return_index=True)
    shown = [data_uri(arrays.x_train[index]) for index in first]
    style = "width:100%;max-width:58px;min-width:0;border-radius:6px;image-rendering:pixelated"
    digits = "".join(f'<img src="{uri}" alt="" style="{style}">' for uri in shown)
    row = "display:flex;gap:8px;overflow:hidden"
    return f'<div role="img" aria-label="One of each digit" style="{row}">{digits}</div>'


def _start(state: State, experiment: Experiment) -> None:
    if state.replace(experiment):
        state.run_id = start(experiment, state.owner) or state.run_id
    st.session_state["nnlab_started"] = True
