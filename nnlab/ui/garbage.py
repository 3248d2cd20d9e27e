"""Keeps the collection of garbage cheap."""

import gc
import sys

import streamlit as st

# Modules come in by dozens, with the first page and with the workers' start; one alone is small.
MODULES_WORTH_IT = 25


def set_modules_aside() -> None:
    """Take what is loaded by now out of all later collections; call when a page is complete.

    A whole collection looks at each object there is: with Dask, SQLAlchemy and pandas loaded that
    took 150 ms of CPU. Modules stay for good, so nothing is lost by not looking at them again.
    Streamlit would collect after every rerun, of a fragment too; .streamlit/config.toml turns that
    off, and here is what makes it bearable where that file is not read.
    """
    _once(len(sys.modules) // MODULES_WORTH_IT)


@st.cache_resource(show_spinner=False)
def _once(loaded: int) -> None:  # noqa: ARG001 (again when many modules have come)
    gc.collect()
    gc.freeze()
