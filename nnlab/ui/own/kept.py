"""The sets that a visitor keeps: use, go on painting, download, rename, delete."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from nnlab.datasets import DatasetError
from nnlab.datasets.own_table import table_of
from nnlab.experiment import OWN_POINTS
from nnlab.experiment.names import NAME_LENGTH
from nnlab.runs.own_data import KeptSet, SetNotFound
from nnlab.ui.kinds import use_set
from nnlab.ui.once import once
from nnlab.ui.own.painting import paint_on
from nnlab.ui.plain import plain
from nnlab.ui.resources import engine
from nnlab.ui.state import State


def kept_sets(state: State) -> None:
    """A line each, the newest first."""
    sets = engine().own_data.of(state.owner)
    if not sets:
        st.caption("None yet. Points that you use are kept here.")
    for kept in sets:
        _line(state, kept)


def _line(state: State, kept: KeptSet) -> None:
    names = ", ".join(kept.points.classes)
    with kept_line(state, kept, OWN_POINTS, f"{kept.points.count:,} points; {plain(names)}"):
        if kept.painted:
            st.button(
                "Paint on",
                icon=":material/brush:",
                key=f"own-paint-{kept.id}",
                on_click=once(_paint_on),
                args=(state, kept),
            )
        st.download_button(
            "CSV",
            lambda: _csv(state, kept),
            "points.csv",
            "text/csv",
            key=f"own-csv-{kept.id}",
            icon=":material/download:",
            on_click="ignore",
        )


@contextmanager
def kept_line(state: State, kept: KeptSet, name: str, facts: str) -> Iterator[None]:
    """A set to use, rename and delete; what is drawn within stands between Use and More.

    Args:
        state: the visitor's.
        kept: the set.
        name: of such sets as a data set.
        facts: what is in it, as Markdown.
    """
    dataset = state.experiment.dataset
    used = kept.wanted in (dataset.own, dataset.own_images)
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key=f"own-set-{kept.id}"
    ):
        st.markdown(f"**{plain(kept.title)}**  \n:gray[{facts}]", width="stretch")
        st.button(
            "In use" if used else "Use",
            icon=":material/check:" if used else None,
            key=f"own-use-{kept.id}",
            disabled=used,
            on_click=once(use_set),
            args=(state, name, kept.wanted),
        )
        yield
        _more(state, kept)


def _more(state: State, kept: KeptSet) -> None:
    """Rename and delete, out of the way."""
    sets = engine().own_data
    with st.popover("More", icon=":material/more_horiz:"):
        key = f"own-title-{kept.id}"
        st.text_input(
            "Name",
            kept.title,
            max_chars=NAME_LENGTH,
            key=key,
            on_change=lambda: sets.rename(state.owner, kept.id, st.session_state[key]),
        )
        st.button(
            "Delete",
            icon=":material/delete:",
            key=f"own-delete-{kept.id}",
            on_click=once(sets.delete),
            args=(state.owner, kept.id),
        )
        st.caption(
            f"Runs that learned from these {kept.kind} keep them until they are deleted, too."
        )


def _csv(state: State, kept: KeptSet) -> str:
    try:
        return table_of(engine().own_data.read(state.owner, kept.id))
    except (SetNotFound, DatasetError) as error:
        return f"{error}\n"


def _paint_on(state: State, kept: KeptSet) -> None:
    try:
        paint_on(state, engine().own_data.read(state.owner, kept.id))
    except (SetNotFound, DatasetError) as error:
        st.toast(plain(str(error)), icon=":material/error:")
    else:
        st.session_state["own-tabs"] = "Paint"
