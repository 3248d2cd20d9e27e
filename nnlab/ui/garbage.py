"""Keeps the collection of garbage after each rerun cheap."""

import gc

import streamlit as st


@st.cache_resource(show_spinner=False)
def set_modules_aside(page: str) -> None:  # noqa: ARG001 (once for each page)
    """Take what is loaded by now out of all later collections; call when a page is complete.

    Streamlit collects garbage after every rerun, of a fragment too, and looks at each object
    there is: with Dask, SQLAlchemy and pandas loaded that took 150 ms of CPU each time, ten times
    the rerun itself. Modules stay for good, so nothing is lost by not looking at them again.
    """
    gc.collect()
    gc.freeze()
