"""A table from a file: which columns are x, y and the class, and then its points."""

import streamlit as st

from nnlab.datasets.own_table import (
    MOST_BYTES,
    Columns,
    NotAPointTable,
    Table,
    guessed_columns,
    points_from,
    read_table,
)
from nnlab.experiment.names import harmless
from nnlab.experiment.own_points import OWN_CLASSES, OWN_COUNTS
from nnlab.ui.once import once
from nnlab.ui.own.taking import keep_and_use, tell, told
from nnlab.ui.state import State

_FIELDS = ("x", "y", "Class")


def upload_panel(state: State) -> None:
    """The file, then its columns, then a button."""
    st.caption(
        "A CSV file with two columns of numbers and one with the class: {} to {:,} rows, {} to {} "
        "classes, at most {:.0f} MB. It stays private to you.".format(
            *OWN_COUNTS, *OWN_CLASSES, MOST_BYTES / 1e6
        )
    )
    file = st.file_uploader(
        "A table as CSV",
        key="own-upload",
        type=None,  # what is in the file decides, and is told
        max_upload_size=MOST_BYTES // 1_000_000,
    )
    if file is None:
        return
    try:
        table = _table(file.getvalue())
    except NotAPointTable as error:
        st.error(str(error), icon=":material/error:")
        return
    columns = _choose(table, file.file_id)
    st.button(
        "Use these points",
        key="own-upload-use",
        type="primary",
        icon=":material/check:",
        on_click=once(_use),
        args=(state, table, columns, file.name),
    )
    told()


@st.cache_data(show_spinner=False, max_entries=8)
def _table(content: bytes) -> Table:
    return read_table(content)


def _choose(table: Table, file_id: str) -> Columns:
    guessed = guessed_columns(table)
    chosen = []
    places = st.columns(len(_FIELDS))
    indices = (guessed.x, guessed.y, guessed.label)
    for place, field, index in zip(places, _FIELDS, indices, strict=True):
        with place:
            chosen.append(
                st.selectbox(
                    field,
                    range(len(table.columns)),
                    index,
                    format_func=table.columns.__getitem__,
                    key=f"own-column-{field}-{file_id}",
                )
            )
    return Columns(*chosen)


def _use(state: State, table: Table, columns: Columns, name: str) -> None:
    try:
        own = points_from(table, columns)
    except NotAPointTable as error:
        tell(str(error))
        return
    keep_and_use(state, own, harmless(name.removesuffix(".csv")) or "Table", painted=False)
