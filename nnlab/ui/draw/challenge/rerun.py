"""Draw anew at once."""

from typing import NoReturn

import streamlit as st
from streamlit.errors import StreamlitAPIException


def rerun() -> NoReturn:
    """The fragment alone where it runs alone, else the whole page."""
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:  # the whole page is being drawn
        st.rerun()
