"""What only a teacher has on the page: freezing, nicknames, a table, and the end."""

from collections.abc import Callable

import streamlit as st

from nnlab.rooms.export import to_csv
from nnlab.rooms.room import Room, RoomRefused
from nnlab.ui.once import once
from nnlab.ui.resources import rooms
from nnlab.ui.room.link import teacher_link
from nnlab.ui.state import State


def teacher_tools(state: State, room: Room) -> None:
    """A row of buttons; what must not be seen on a projector is shown on demand only."""
    with st.container(horizontal=True, gap="small", key="room-tools"):
        _freezing(state, room)
        _removing(state, room)
        _export(state, room)
        _teacher_link(state, room)
        _deleting(state, room)


def attempt(action: Callable[..., object], *arguments: object) -> None:
    """Do what steers a room; what is refused is told."""
    try:
        action(*arguments)
    except RoomRefused as error:
        st.toast(str(error), icon=":material/error:")


def _freezing(state: State, room: Room) -> None:
    st.button(
        "Unfreeze" if room.frozen else "Freeze",
        icon=":material/play_circle:" if room.frozen else ":material/ac_unit:",
        key="room-freeze",
        help="Frozen: no new runs and nobody can join. What trains goes on.",
        on_click=once(attempt),
        args=(rooms().freeze, room.code, state.owner, not room.frozen),
    )


def _removing(state: State, room: Room) -> None:
    with st.popover("Remove a nickname", icon=":material/person_remove:"):
        st.markdown(
            "All runs of this nickname leave the wall for good, and the student cannot join this"
            " room again. The runs stay the student's own."
        )
        names = {member.id: member.nickname for member in rooms().members(room.code, state.owner)}
        chosen = st.selectbox(
            "Nickname",
            tuple(names),
            format_func=names.__getitem__,
            index=None,
            key=f"room-remove-{abs(hash(tuple(names.items())))}",
            placeholder="Choose",
        )
        st.button(
            "Remove",
            key="room-remove",
            disabled=chosen is None,
            on_click=once(attempt),
            args=(rooms().remove, room.code, state.owner, chosen),
        )


def _export(state: State, room: Room) -> None:
    def table() -> bytes:
        """Made when it is asked for, of what is there then."""
        return to_csv(rooms().wall(room.code, state.owner)[1]).encode("utf-8-sig")

    st.download_button(
        "Download as CSV",
        table,
        f"room-{room.code}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="room-csv",
        help="A line a run, with nickname, task, all settings and figures.",
    )


def _teacher_link(state: State, room: Room) -> None:
    with st.popover("Teacher link", icon=":material/key:"):
        st.markdown("Whoever opens this link is a teacher of the room. Keep it to yourself.")
        link = teacher_link(rooms().teacher_token(room.code, state.owner))
        st.code(link, language=None, wrap_lines=True)


def _deleting(state: State, room: Room) -> None:
    with st.popover("Delete the room", icon=":material/delete:"):
        st.markdown(
            "The wall, nicknames and tasks are deleted for good. What was trained stays with"
            " whoever trained it."
        )
        st.button(
            "Delete now",
            key="room-delete",
            type="primary",
            on_click=once(attempt),
            args=(rooms().delete, room.code, state.owner),
        )
