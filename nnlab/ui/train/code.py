"""The experiment as a plain Keras script."""

import streamlit as st

from nnlab.script import Trained, files_beside, keras_script, missing_for_script
from nnlab.ui.own.problem import own_data_problem
from nnlab.ui.state import State
from nnlab.work.slots import threads_of


def code_panel(state: State) -> None:
    """The script, to read, copy or download."""
    experiment = state.experiment
    missing = own_data_problem(state) or missing_for_script(experiment)
    if missing:
        st.info(f"There is no script for this experiment. {missing}", icon=":material/info:")
        return
    script = keras_script(experiment, Trained(threads=threads_of(experiment)))
    st.markdown(
        "The same experiment with nothing but TensorFlow and NumPy: same data, network, start "
        "weights, optimizer and order of the examples, so it ends with the same figures."
    )
    files = files_beside(experiment)
    if files:
        st.caption(f"It reads {' and '.join(files)}, which the zip of a run holds: **Take away**.")
    st.download_button(
        "Download", script, "experiment.py", "text/x-python", icon=":material/download:"
    )
    st.code(script, language="python", height=480)
