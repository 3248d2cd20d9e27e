"""The sets of images that a visitor keeps: use, rename, delete."""

import streamlit as st

from nnlab import settings
from nnlab.experiment import OWN_IMAGES
from nnlab.runs.own_data import IMAGES, KeptSet
from nnlab.ui.kinds import use_set
from nnlab.ui.once import once
from nnlab.ui.own.kept import more
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
        _line(state, kept)
    used, most = data.bytes_of(state.owner), settings.own_images_bytes()
    st.caption(f"They take {used / 1e6:,.1f} MB of the {most / 1e6:,.0f} MB that are yours here.")


def _line(state: State, kept: KeptSet) -> None:
    used = state.experiment.dataset.own_images == kept.images
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key=f"own-set-{kept.id}"
    ):
        st.markdown(f"**{plain(kept.title)}**  \n:gray[{_facts(kept)}]", width="stretch")
        st.button(
            "In use" if used else "Use",
            icon=":material/check:" if used else None,
            key=f"own-use-{kept.id}",
            disabled=used,
            on_click=once(use_set),
            args=(state, OWN_IMAGES, kept.images),
        )
        more(state, kept)


def _facts(kept: KeptSet) -> str:
    images = kept.images
    names = ", ".join(images.classes[:_TOLD]) + (" …" if len(images.classes) > _TOLD else "")
    tested = f" and {images.test:,} to test" if images.test else ""
    return f"{images.count:,} images{tested}, {images.side}×{images.side}; {plain(names)}"
