"""On every page: the class room that the visitor is in."""

from dataclasses import replace

import streamlit as st

from nnlab.rooms.room import Room
from nnlab.ui.resources import rooms
from nnlab.ui.state import State

LOOK_EVERY_SECONDS = 10.0
_STYLE = """
<style>
  .st-key-room-badge [data-testid="stText"] {font-family: inherit; font-size: 0.875rem;}
</style>
"""


def room_badge(state: State, room: Room | None) -> None:
    """Code and nickname; looks now and then whether the room has changed. Nothing without one."""
    if room is None:
        return
    st.html(_STYLE)
    with st.container(key="room-badge", gap="xxsmall"):
        st.fragment(_badge, run_every=LOOK_EVERY_SECONDS)(state, room)


def _badge(state: State, room: Room) -> None:
    if has_changed(room, rooms().current(state.owner)):
        st.rerun()  # a task began or ended, the room is frozen or gone
    icon, colour = ("ac_unit", "gray") if room.frozen else ("groups", "blue")
    st.badge(f"Room {room.code}", icon=f":material/{icon}:", color=colour)  # type: ignore[arg-type]
    st.text(room.me.nickname if room.me else "Teacher")
    if room.frozen:
        st.caption("Frozen: no new runs.")


def has_changed(before: Room, now: Room | None) -> bool:
    """Whether more than the number of members is another."""
    return now is None or replace(now, members=before.members) != before
