"""An expander whose content is made while it is open only, so that no slider waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def rarely_open(label: str, key: str, icon: str = ":material/table:") -> Iterator[bool]:
    """The expander; tells whether it is open.

    Args:
        label: on it.
        key: unique on the page.
        icon: before the label.
    """
    place = st.expander(label, icon=icon, key=key, on_change="rerun")
    with place:
        yield bool(place.open)
