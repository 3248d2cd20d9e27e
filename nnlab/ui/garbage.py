"""Keeps the collection of garbage after each rerun cheap."""

import gc
import sys

import streamlit as st

# Modules come in by dozens, with the first page and with the workers' start; one alone is small.
MODULES_WORTH_IT = 25


def set_modules_aside() -> None:
    """Take what is loaded by now out of all later collections; call when a page is complete.

    Streamlit collects garbage after every rerun, of a fragment too, and looks at each object
    there is: with Dask, SQLAlchemy and pandas loaded that took 150 ms of CPU each time, ten times
    the rerun itself. Modules stay for good, so nothing is lost by not looking at them again.
    """
    _once(len(sys.modules) // MODULES_WORTH_IT)


@st.cache_resource(show_spinner=False)
def _once(loaded: int) -> None:  # noqa: ARG001 (again when many modules have come)
    gc.collect()
    gc.freeze()
