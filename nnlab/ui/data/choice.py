"""The data sets as cards: what each is, whether it is here, and which one is used."""

from typing import Literal

import streamlit as st

from nnlab.datasets import CATALOG, Availability, DatasetInfo, info, status
from nnlab.experiment import OWN_IMAGES, OWN_POINTS
from nnlab.ui.columns import folding_columns
from nnlab.ui.data.downloads import downloads
from nnlab.ui.kinds import use_set
from nnlab.ui.state import State

# The first built-in set: what to take where there is no network.
BUILT_IN = "mnist_5k"

_CHOSEN_STYLE = """
<style>
  .st-key-set-{name} {{
    border-color: color-mix(in srgb, #3B8FD9 75%, transparent) !important;
    background: color-mix(in srgb, #3B8FD9 9%, transparent);
  }}
</style>
"""


def choose_set(state: State) -> None:
    """A card a set; the chosen one is the experiment's, on every page."""
    st.html(_CHOSEN_STYLE.format(name=state.experiment.dataset.name))
    images = [described for described in CATALOG.values() if described.has_images]
    columns = folding_columns(len(images), "data-sets", narrow=2)
    for column, described in zip(columns, images, strict=True):
        with column:
            _card(state, described)
    _own_images(state)
    _plane_sets(state)


def _own_images(state: State) -> None:
    """A line by itself: what is in it, the panel below tells."""
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key="own-image-sets"
    ):
        st.markdown(
            "**Images of your own** :gray[· a zip with a folder for each class, arrays, or a "
            "table of pixels]",
            width="stretch",
        )
        own = info(OWN_IMAGES)
        _use_button(state, own, f"{own.title}…", own.title, "content")


def _plane_sets(state: State) -> None:
    """Sets of points in a line: each is made in no time, so there is little to say of it."""
    with st.container(border=True, key="plane-sets", gap="small"):
        st.markdown("**Points in the plane** :gray[· made from a formula; see a boundary form]")
        with st.container(horizontal=True, gap="small"):
            for described in CATALOG.values():
                if not described.has_images:
                    _use_button(state, described, described.title, described.title, "content")
            own = info(OWN_POINTS)
            _use_button(state, own, f"{own.title}…", own.title, "content")
        chosen = info(state.experiment.dataset.name)
        if not chosen.has_images:
            st.caption(f"{chosen.title}: {chosen.description}")


def _card(state: State, described: DatasetInfo) -> None:
    with st.container(border=True, height="stretch", key=f"set-{described.name}", gap="small"):
        st.markdown(f"**{described.title}**")
        st.caption(described.description)
        st.space("stretch")
        _badge(described, status(described.name))
        _use_button(state, described, "Use this set", "In use", "stretch")


def _use_button(
    state: State,
    described: DatasetInfo,
    use: str,
    in_use: str,
    width: Literal["content", "stretch"],
) -> None:
    chosen = state.experiment.dataset.name == described.name
    st.button(
        in_use if chosen else use,
        icon=":material/check:" if chosen else None,
        key=f"use-{described.name}",
        type="primary" if chosen else "secondary",
        width=width,
        disabled=not chosen and state.locked("dataset.name"),
        on_click=use_set,
        args=(state, described.name),
    )


def _badge(described: DatasetInfo, found: Availability) -> None:
    download = downloads().of(described.name)
    if download is not None and download.state == "running":
        st.badge("Downloading", icon=":material/downloading:", color="blue")
    elif found.state == "ready":
        st.badge("Ready", icon=":material/check_circle:", color="green", help=found.message)
    elif found.state == "download":
        text = f"Download, {megabytes(found.size_bytes)}"
        st.badge(text, icon=":material/download:", color="orange", help=found.message)
    else:
        st.badge("Cannot be read", icon=":material/error:", color="red", help=found.message)


def megabytes(size: int) -> str:
    """A size in bytes as a person says it."""
    return f"{size / 1e6:.0f} MB"
