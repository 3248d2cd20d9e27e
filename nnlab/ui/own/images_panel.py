"""Images of one's own: upload them, take them up again."""

import streamlit as st

from nnlab.ui.own.kept_images import kept_images
from nnlab.ui.own.uploading_images import upload_images_panel
from nnlab.ui.state import State


def own_images_panel(state: State) -> None:
    """Two tabs; what is used becomes the experiment's data set."""
    st.header("Your own images", anchor=False)
    if state.locked("dataset.name") or state.locked("dataset.own_images"):
        st.caption("The data set is fixed by the task.")
        return
    names = ["Upload images", "Kept sets"]
    upload, kept = st.tabs(names, key="own-image-tabs", on_change="rerun")
    if upload.open:
        with upload:
            upload_images_panel(state)
    if kept.open:
        with kept:
            kept_images(state)
