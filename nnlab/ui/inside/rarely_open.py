"""An expander whose content is made while it is open only, so that no slider waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def rarely_open(label: str, key: str) -> Iterator[bool]:
    """The expander; tells whether it is open.

    Args:
        label: on it.
        key: unique on the page.
    """
    place = st.expander(label, icon=":material/table:", key=key, on_change="rerun")
    with place:
        yield bool(place.open)
