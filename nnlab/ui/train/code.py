"""The experiment as a plain Keras script."""

import streamlit as st

from nnlab.script import keras_script, missing_for_script
from nnlab.ui.own.problem import own_points_problem
from nnlab.ui.state import State


def code_panel(state: State) -> None:
    """The script, to read, copy or download."""
    experiment = state.experiment
    missing = own_points_problem(state) or missing_for_script(experiment)
    if missing:
        st.info(f"There is no script for this experiment. {missing}", icon=":material/info:")
        return
    script = keras_script(experiment)
    st.markdown(
        "The same experiment with nothing but Keras: same data, network, start weights and "
        "optimizer. Only the order of the images is drawn differently, so figures agree to "
        "within the spread between seeds."
    )
    st.download_button(
        "Download", script, "experiment.py", "text/x-python", icon=":material/download:"
    )
    st.code(script, language="python", height=480)
