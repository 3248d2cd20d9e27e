"""Many images, a page at a time."""

import math

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.ui.evaluate.look import Filter


def page_of(indices: NDArray[np.intp], shown: Filter, per_page: int) -> NDArray[np.intp]:
    """The indices on the filter's page; a page past the end gives way to the last."""
    shown.page = min(shown.page, pages(indices, per_page))
    return indices[per_page * (shown.page - 1) :][:per_page]


def pages(indices: NDArray[np.intp], per_page: int) -> int:
    """How many pages there are, at least 1."""
    return max(math.ceil(len(indices) / per_page), 1)


def page_buttons(total: int, shown: Filter, key: str, most: int = 7) -> None:
    """Buttons to turn the pages; an empty place for a single page."""
    if total == 1:
        st.empty()
        return
    # Another choice of images is another widget; it begins where the filter stands.
    key = f"{key}-{shown.which}-{shown.true}-{shown.predicted}-{shown.generation}"

    def turn() -> None:
        shown.page = st.session_state[key]

    st.pagination(total, default=shown.page, max_visible_pages=most, key=key, on_change=turn)
