"""Look at the images: many, one as numbers, and what the network is given of it."""

import streamlit as st

from nnlab.datasets import Arrays
from nnlab.experiment import Dataset
from nnlab.ui.columns import folding_columns
from nnlab.ui.data.closeup import closeup
from nnlab.ui.data.sheet import sheet_panel
from nnlab.ui.data.steps import preparation
from nnlab.ui.data.view import view_of


@st.fragment
def explore(arrays: Arrays, dataset: Dataset) -> None:
    """These panels answer to each other, and redraw without the rest of the page."""
    view = view_of(dataset)
    left, right = folding_columns([6, 5], "data-look")
    with left:
        st.header("Look at the images", anchor=False)
        sheet_panel(arrays, dataset, view)
    with right:
        st.header("One image is numbers", anchor=False)
        closeup(arrays, view)
    st.header("What the network is given", anchor=False)
    preparation(arrays, view)
