"""Train: build a network, train it, watch it learn."""

import streamlit as st

from nnlab.ui.frame import page
from nnlab.ui.resources import engine
from nnlab.ui.run_choice import choose_run
from nnlab.ui.share.arrival import arrival
from nnlab.ui.share.panel import share_panel
from nnlab.ui.share.tabs import first_tab
from nnlab.ui.take_away.places import take_away_on_train
from nnlab.ui.train.code import code_panel
from nnlab.ui.train.dataset import dataset_choice, split_caption
from nnlab.ui.train.layers import layer_editor
from nnlab.ui.train.run_panel import run_panel
from nnlab.ui.train.settings import training_settings
from nnlab.ui.train.start import architecture_of, network_picture, problems_panel, train_button

with page("Train", "Shape the network, press **Train**, and watch it learn.") as state:
    arrival(state)
    data, run, button = st.columns([1, 1.6, 0.9], vertical_alignment="bottom")
    with data:
        dataset_choice(state)
    with button:
        train_button(state)
    with run:
        choose_run(state, "Watching")
    split_caption(state)
    with st.container():  # always there, so that what stands below keeps its place
        problems_panel(state)
    with st.container(border=True, key="run-panel"):
        run_panel(state)
    architecture = architecture_of(state)
    engine().expect(state.experiment)
    with st.container(border=True):
        network_picture(state, architecture)
    names = ["Layers", "Training", "Keras script", "Take away", "Share"]
    # The default counts at the first drawing, and when a task begins or ends: not in between.
    first = first_tab(state.assignment)
    tabs = st.tabs(names, default=first, key="train-tabs", on_change="rerun")
    layers, training, code, away, share = tabs
    with layers:
        layer_editor(state, architecture)
    with training:
        training_settings(state)
    with code:
        code_panel(state)
    if away.open:
        with away:
            take_away_on_train(state)
    if share.open:
        with share:
            share_panel(state)
