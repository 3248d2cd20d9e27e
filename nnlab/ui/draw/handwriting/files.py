"""Taking drawings away and bringing them back: as a file, or what was deleted a moment ago."""

import logging

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from nnlab.handwriting.exchange import (
    MOST_BYTES,
    NotADrawingSet,
    read_drawings,
    write_drawings,
)
from nnlab.runs.drawings import Drawing, TooManyDrawings
from nnlab.ui.draw.handwriting.collection import Collection
from nnlab.ui.once import once
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.work.failures import disk_is_full

logger = logging.getLogger(__name__)

_DELETED, _TOLD, _UPLOADS = "nnlab_deleted", "nnlab_upload_told", "nnlab_uploads"


def download(collection: Collection) -> None:
    """All drawings as one file."""
    drawings = [each.drawing for each in sorted(collection.kept, key=lambda each: each.id)]
    st.download_button(
        "Download",
        lambda: write_drawings(drawings),
        "my-handwriting.json",
        "application/json",
        key="handwriting-download",
        icon=":material/download:",
        on_click="ignore",
        help="Your drawings as a JSON file, to keep, to hand on or to upload again.",
    )


def upload(state: State) -> None:
    """Drawings from such a file; what came of it is told until the next one."""
    with st.popover("Upload", icon=":material/upload:"):
        key = f"handwriting-upload-{st.session_state.get(_UPLOADS, 0)}"
        st.file_uploader(
            "A file of drawings that was downloaded here",
            key=key,
            type=None,  # what is in the file decides, and is told
            max_upload_size=MOST_BYTES // 1_000_000,
            on_change=once(_take),
            args=(state, key),
        )
    told = st.session_state.get(_TOLD)
    if told:
        text, fine = told
        (st.success if fine else st.error)(
            text, icon=":material/check_circle:" if fine else ":material/error:"
        )


def _take(state: State, key: str) -> None:
    file = st.session_state[key]
    if file is None:
        return
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1  # an empty field again
    try:
        found = read_drawings(file.getvalue())
        new = engine().drawings.add(state.owner, found.drawings)
    except (NotADrawingSet, TooManyDrawings) as error:
        st.session_state[_TOLD] = (str(error), False)
    except (OSError, SQLAlchemyError) as error:
        st.session_state[_TOLD] = (_storage(error, "nothing was taken over"), False)
    else:
        known = found.duplicates + len(found.drawings) - new
        st.session_state[_TOLD] = (_taken(new, known), True)


def _taken(new: int, known: int) -> str:
    text = f"{_count(new)} added." if new else "Nothing new in this file."
    return f"{text} {_count(known)} left out, as the same ink is kept already." if known else text


def delete(state: State, ids: list[int]) -> None:
    """Delete these drawings; they can be brought back until others are deleted."""
    wanted = set(ids)
    try:
        held = [each.drawing for each in engine().drawings.of(state.owner) if each.id in wanted]
        engine().drawings.delete(state.owner, ids)
    except (OSError, SQLAlchemyError) as error:
        st.session_state[_TOLD] = (_storage(error, "nothing was deleted"), False)
        return
    st.session_state.pop(_TOLD, None)
    st.session_state[_DELETED] = held


def restore(state: State) -> None:
    """Says what was deleted last and offers to undo it."""
    held: list[Drawing] | None = st.session_state.get(_DELETED)
    if not held:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="handwriting-deleted"):
        st.markdown(f":material/delete: {_count(len(held))} deleted.", width="content")
        st.button(
            "Undo",
            key="handwriting-restore",
            icon=":material/undo:",
            on_click=once(_restore),
            args=(state, held),
        )


def _restore(state: State, held: list[Drawing]) -> None:
    try:
        engine().drawings.add(state.owner, held)
    except TooManyDrawings as error:
        st.session_state[_TOLD] = (str(error), False)
        return
    except (OSError, SQLAlchemyError) as error:
        st.session_state[_TOLD] = (_storage(error, "nothing was brought back"), False)
        return
    st.session_state.pop(_DELETED, None)


def _storage(error: Exception, what: str) -> str:
    logger.warning("drawings could not be stored", exc_info=error)
    why = "the disk is full" if disk_is_full(error) else "the database cannot be used just now"
    return f"Your drawings are as they were: {what}, because {why}."


def _count(number: int) -> str:
    return "1 drawing" if number == 1 else f"{number:,} drawings"
