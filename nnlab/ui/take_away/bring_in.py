"""Settings from a file: what `experiment.json` of a zip holds, on the Train page again."""

import streamlit as st

from nnlab.experiment import Experiment, InvalidExperiment, NotSettings, read_experiment
from nnlab.ui.once import once
from nnlab.ui.state import State

MOST_BYTES = 100_000
_TYPES = ["json", "yaml", "yml"]


def bring_in(state: State) -> None:
    """A place to drop the file, what is wrong with it, or a button that opens its settings."""
    file = st.file_uploader(
        "Settings from a file",
        _TYPES,
        key="bring-in",
        help="`experiment.json` of a zip",
        max_upload_size=1,  # megabytes, the smallest that there is
    )
    if file is None:
        return
    try:
        experiment = read_settings(file.getvalue())
    except InvalidExperiment as error:
        st.error("\n".join(f"- {problem}" for problem in map(str, error.problems)))
        return
    except ValueError as error:
        st.error(str(error))
        return
    st.button(
        "Open these settings",
        key="bring-in-open",
        icon=":material/tune:",
        on_click=once(_open),
        args=(state, experiment),
    )


def _open(state: State, experiment: Experiment) -> None:
    state.replace(experiment)


def read_settings(content: bytes) -> Experiment:
    """The experiment in a file from anywhere.

    Raises:
        InvalidExperiment: with every problem.
        ValueError: too long, or neither JSON nor YAML; says which.
    """
    if len(content) > MOST_BYTES:
        raise ValueError(f"The file is too long: settings have at most {MOST_BYTES:,} bytes.")
    try:
        return read_experiment(content)
    except NotSettings:
        raise ValueError("The file is neither JSON nor YAML.") from None
