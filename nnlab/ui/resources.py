"""What all visitors of this process share."""

import streamlit as st

from nnlab.work.engine import Engine


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    """The engine, its workers starting in the background from the first visit on."""
    return Engine().start()
