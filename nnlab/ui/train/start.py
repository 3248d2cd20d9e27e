"""The Train button and what keeps it from being pressed."""

import streamlit as st

from nnlab.architecture import Architecture
from nnlab.check import check, describe
from nnlab.datasets import DatasetError, info_of
from nnlab.experiment import Experiment, InvalidExperiment
from nnlab.figures.network import network_svg
from nnlab.ui.controls import refusal
from nnlab.ui.once import once
from nnlab.ui.picture import picture
from nnlab.ui.starting import start
from nnlab.ui.state import State
from nnlab.ui.train.dataset import dataset_is_ready, sample_image
from nnlab.ui.train.going_on import going_on
from nnlab.ui.train.settings import problem_list
from nnlab.work.lineage import StartNotFound

# On a narrow screen the shortcut's name would push the word off the button.
_STYLE = "<style>@media (max-width: 1100px) {.st-key-train kbd {display: none;}}</style>"


def train_button(state: State) -> None:
    """Starts the run; `problems_panel` says why it cannot be pressed."""
    st.html(_STYLE)
    st.button(
        "Train",
        key="train",
        icon=":material/play_arrow:",
        type="primary",
        width="stretch",
        shortcut="Ctrl+Enter",
        disabled=_problems(state.experiment) is not None or not dataset_is_ready(state),
        on_click=once(start_run),
        args=(state,),
    )


def problems_panel(state: State) -> None:
    """Edits that were refused, and what has to be mended before training."""
    refusal(state)
    going_on(state)
    error = _problems(state.experiment)
    if error:
        problem_list(error)


def start_run(state: State) -> None:
    """Queue the experiment as it stands, if the task still allows it, and watch it."""
    if not state.admits(state.experiment):
        return
    try:
        state.run_id = start(state.experiment, state.owner) or state.run_id
    except (StartNotFound, DatasetError) as error:  # a run or drawings that it needs are gone
        st.toast(str(error), icon=":material/error:", duration="long")


def network_picture(state: State, architecture: Architecture) -> None:
    """The network as it stands."""
    dataset = info_of(state.experiment.dataset)
    picture(network_svg(architecture, dataset.classes, sample_image(state)), "network")


def architecture_of(state: State) -> Architecture:
    """Shapes and parameters of what the form shows."""
    return describe(state.experiment)


def _problems(experiment: Experiment) -> InvalidExperiment | None:
    try:
        check(experiment)
    except InvalidExperiment as error:
        return error
    return None
