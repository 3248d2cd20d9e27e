"""The data sets as cards: what each is, whether it is here, and which one is used."""

import streamlit as st

from nnlab.datasets import CATALOG, Availability, DatasetInfo, status
from nnlab.ui.columns import folding_columns
from nnlab.ui.data.downloads import downloads
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
    columns = folding_columns(len(CATALOG), "data-sets", narrow=2)
    for column, described in zip(columns, CATALOG.values(), strict=True):
        with column:
            _card(state, described)


def use_set(state: State, name: str) -> None:
    """Make `name` the experiment's data set."""
    state.edit("dataset.name", name)


def _card(state: State, described: DatasetInfo) -> None:
    chosen = state.experiment.dataset.name == described.name
    with st.container(border=True, height="stretch", key=f"set-{described.name}", gap="small"):
        st.markdown(f"**{described.title}**")
        st.caption(described.description)
        st.space("stretch")
        _badge(described, status(described.name))
        st.button(
            "In use" if chosen else "Use this set",
            icon=":material/check:" if chosen else None,
            key=f"use-{described.name}",
            type="primary" if chosen else "secondary",
            width="stretch",
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
