"""The Share panel of the Train page: the experiment, a task for a class, the watched run."""

import streamlit as st

from nnlab.links import link_query
from nnlab.ui.columns import folding_columns
from nnlab.ui.share.address import page_url
from nnlab.ui.share.own_words import own_in_link
from nnlab.ui.share.run_link import share_run
from nnlab.ui.share.sign import link_sign
from nnlab.ui.share.task_form import task_form
from nnlab.ui.state import State


def share_panel(state: State) -> None:
    """What is shared is on the left as it stands, on the right with a teacher's locks."""
    left, right = folding_columns(2, "share")
    with left:
        st.subheader("This experiment", anchor=False)
        st.caption("Whoever opens the link finds Train and Data set up exactly so.")
        private = own_in_link(state.experiment)
        if private is not None:
            st.caption(private)
        link_sign("plain-link", page_url("Train", link_query(state.experiment)), "Experiment")
        _run(state)
    with right:
        st.subheader("A task for a class", anchor=False)
        st.caption("The same settings, of which you say what students may change.")
        task_form(state)


def _run(state: State) -> None:
    run = state.run()
    if run is None or not run.complete:
        return
    st.subheader("The watched run", anchor=False)
    share_run(run, state.owner, "train-run")
