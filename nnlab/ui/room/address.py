"""What the address of the Class page asks for: a room, to become a teacher, or one run."""

import streamlit as st

from nnlab.joining.code import InvalidCode, parse_code
from nnlab.rooms.room import Room, RoomNotFound, RoomRefused
from nnlab.ui.resources import rooms
from nnlab.ui.state import State

_ROOM, _TEACHER, _RUN = "room", "teacher", "wall"


def follow_teacher_link(state: State) -> str | None:
    """Become a teacher by the link; why it failed, in words, None where there is nothing to say.

    The token is taken out of the address at once: that stands on the projector.
    """
    token = st.query_params.get(_TEACHER)
    if token is None:
        return None
    del st.query_params[_TEACHER]
    try:
        rooms().teach(token, state.owner)
    except RoomNotFound:
        return "Teacher link: there is no open room with this link. Rooms end after a set time."
    except RoomRefused as error:
        return str(error)
    return st.rerun()


def invited_to(state: State, room: Room | None) -> str | None:
    """The code of a room in the address that the visitor has yet to join.

    Who has a part in it enters it.
    """
    named = st.query_params.get(_ROOM)
    if named is None or (room is not None and named == room.code):
        return None
    try:
        code = parse_code(named)
        rooms().enter(code, state.owner)
    except (InvalidCode, RoomRefused):
        return named
    return st.rerun()


def forget_invitation() -> None:
    """The room of the address is joined or declined."""
    st.query_params.pop(_ROOM, None)


def opened_run() -> str | None:
    """The run of the wall that the address names."""
    return st.query_params.get(_RUN)


def open_run(key: str) -> None:
    """Name a run in the address, so that a reload or a copied link shows it."""
    st.query_params[_RUN] = key


def close_run() -> None:
    """Back to the wall."""
    st.query_params.pop(_RUN, None)
