"""Points of one's own: paint them, upload them, take them up again."""

import streamlit as st

from nnlab.ui.own.kept import kept_sets
from nnlab.ui.own.painting import painting_panel
from nnlab.ui.own.uploading import upload_panel
from nnlab.ui.state import State


def own_points_panel(state: State) -> None:
    """Three tabs; what is used becomes the experiment's data set. For any page."""
    st.header("Your own points", anchor=False)
    if state.locked("dataset.name") or state.locked("dataset.own"):
        st.caption("The data set is fixed by the task.")
        return
    names = ["Paint", "Upload a table", "Kept sets"]
    paint, upload, kept = st.tabs(names, key="own-tabs", on_change="rerun")
    if paint.open:
        with paint:
            painting_panel(state)
    if upload.open:
        with upload:
            upload_panel(state)
    if kept.open:
        with kept:
            kept_sets(state)
