"""The panel below the desk: the drawings, how well they are read, files, and fine-tuning."""

import streamlit as st

from nnlab.runs.run import Run
from nnlab.ui.draw.digits import knows_digits
from nnlab.ui.draw.handwriting.collection import collection_of
from nnlab.ui.draw.handwriting.drawn import drawn
from nnlab.ui.draw.handwriting.figures import figures, matrices
from nnlab.ui.draw.handwriting.files import download, restore, upload
from nnlab.ui.draw.handwriting.tuning import tuning
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.ui.when_ready import draw_again_when_ready


def my_handwriting(state: State, run: Run) -> None:
    """The drawings that the visitor keeps, read by the network of `run`; nothing for clothes."""
    if knows_digits(run):
        with st.container(border=True, key="my-handwriting"):
            _panel(state, run)


@st.fragment
def _panel(state: State, run: Run) -> None:
    st.header("My handwriting", anchor=False)
    collection = collection_of(run, engine().drawings.of(state.owner))
    restore(state)
    if not collection.kept:
        st.markdown(
            "Nothing kept yet. Draw a digit above and press **Yes, keep it**, or the digit that it "
            "is. Your drawings become a test set of your own, and the network can learn from them."
        )
        upload(state)
        return
    figures(run, collection)
    drawn(state, collection)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        download(collection)
        upload(state)
    tuning(state, run, collection)
    matrices(run, collection)
    if collection.waiting:
        draw_again_when_ready()
