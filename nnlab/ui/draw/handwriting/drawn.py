"""The kept drawings, digit by digit; a click on one offers to delete it."""

import streamlit as st

from nnlab.figures.drawings import Shown, drawings_sheet
from nnlab.figures.images import as_pixels
from nnlab.ui.clickable import clickable_sheet
from nnlab.ui.draw.handwriting.collection import Collection
from nnlab.ui.draw.handwriting.files import delete
from nnlab.ui.once import once
from nnlab.ui.state import State

_PICKED = "nnlab_picked_drawing"


def drawn(state: State, collection: Collection) -> None:
    """The sheet, and what can be done with the drawing that was clicked."""
    ids = [each.id for each in collection.kept]
    picked = st.session_state.get(_PICKED)
    chosen = ids.index(picked) if picked in ids else None

    def pick(position: int) -> None:
        again = position == chosen or position >= len(ids)
        st.session_state[_PICKED] = None if again else ids[position]

    sheet = drawings_sheet(_shown(collection))
    clickable_sheet(sheet, "handwriting-sheet", pick, -1 if chosen is None else chosen)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if chosen is None:
            st.caption("Click a drawing to delete it.", width="stretch")
        else:
            _picked(state, collection, chosen)
        _delete_all(state, ids)


def _shown(collection: Collection) -> list[Shown]:
    answers = collection.answers
    return [
        Shown(
            as_pixels(image, 1.0),
            each.drawing.label,
            None if answers is None else int(answers[i]),
            bool(collection.learned[i]),
        )
        for i, (each, image) in enumerate(zip(collection.kept, collection.images, strict=True))
    ]


def _picked(state: State, collection: Collection, chosen: int) -> None:
    label = collection.kept[chosen].drawing.label
    answers = collection.answers
    read = "" if answers is None else f", read as {answers[chosen]}"
    st.markdown(f"Kept as **{label}**{read}", width="stretch")
    st.button(
        "Delete this drawing",
        key="handwriting-delete",
        icon=":material/delete:",
        on_click=once(delete),
        args=(state, [collection.kept[chosen].id]),
    )


def _delete_all(state: State, ids: list[int]) -> None:
    count = f"all {len(ids)} drawings" if len(ids) > 1 else "the only drawing"
    with st.popover("Delete all", icon=":material/delete_sweep:"):
        st.markdown(f"Delete {count}? Networks that learned from them stay as they are.")
        st.button(
            f"Delete {count}",
            key="handwriting-delete-all",
            type="primary",
            on_click=once(delete),
            args=(state, ids),
        )
