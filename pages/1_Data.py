"""Data: choose a set, look at it, divide it."""

import streamlit as st

from nnlab.datasets import info_of
from nnlab.experiment import OWN_IMAGES, OWN_POINTS
from nnlab.ui.columns import folding_columns
from nnlab.ui.data.averages import averages
from nnlab.ui.data.choice import choose_set
from nnlab.ui.data.counts import counts_panel
from nnlab.ui.data.explore import explore
from nnlab.ui.data.obtain import obtain
from nnlab.ui.data.points import points_panel
from nnlab.ui.data.split import split_form
from nnlab.ui.data.targets import targets_panel
from nnlab.ui.frame import page
from nnlab.ui.own.images_panel import own_images_panel
from nnlab.ui.own.panel import own_points_panel
from nnlab.ui.share.arrival import arrival

with page("Data", "What the network learns from. Pick a set, then look before you train.") as state:
    arrival(state)
    choose_set(state)
    if state.experiment.dataset.name == OWN_POINTS:
        own_points_panel(state)
    elif state.experiment.dataset.name == OWN_IMAGES:
        own_images_panel(state)
    arrays = obtain(state)
    if arrays is not None:
        dataset = state.experiment.dataset
        kind = info_of(dataset).kind
        if kind == "images":
            explore(arrays, dataset)
            averages(arrays, info_of(dataset))
        else:
            points_panel(state, arrays)
        st.header(f"Divide the {kind}", anchor=False)
        left, right = folding_columns(2, "data-split")
        with left:
            split_form(state)
        with right:
            if info_of(dataset).regression:
                targets_panel(arrays, dataset)
            else:
                counts_panel(arrays, dataset)
