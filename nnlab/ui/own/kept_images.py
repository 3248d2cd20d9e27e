"""The sets of images that a visitor keeps: use, rename, delete."""

import streamlit as st

from nnlab import settings
from nnlab.experiment import OWN_IMAGES
from nnlab.runs.own_data import IMAGES, KeptSet
from nnlab.ui.own.kept import kept_line
from nnlab.ui.plain import plain
from nnlab.ui.resources import engine
from nnlab.ui.state import State

_TOLD = 8  # names of classes in a line


def kept_images(state: State) -> None:
    """A line each, the newest first, and the room that they take."""
    data = engine().own_data
    sets = data.of(state.owner, IMAGES)
    if not sets:
        st.caption("None yet. Images that you use are kept here.")
        return
    for kept in sets:
        with kept_line(state, kept, OWN_IMAGES, _facts(kept)):
            pass
    used, most = data.bytes_of(state.owner), settings.own_images_bytes()
    st.caption(f"They take {used / 1e6:,.1f} MB of the {most / 1e6:,.0f} MB that are yours here.")


def _facts(kept: KeptSet) -> str:
    images = kept.images
    names = ", ".join(images.classes[:_TOLD]) + (" …" if len(images.classes) > _TOLD else "")
    tested = f" and {images.test:,} to test" if images.test else ""
    return f"{images.count:,} images{tested}, {images.side}×{images.side}; {plain(names)}"
