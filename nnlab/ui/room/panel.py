"""The Class page: outside of any room, in one, or at one run of its wall."""

import streamlit as st

from nnlab.ui.resources import rooms
from nnlab.ui.room.address import follow_teacher_link, invited_to, opened_run
from nnlab.ui.room.entrance import entrance
from nnlab.ui.room.head import head
from nnlab.ui.room.look import look_at
from nnlab.ui.room.opened import not_found, opened
from nnlab.ui.room.wall import wall
from nnlab.ui.state import State


def class_room(state: State) -> None:
    """What of it is drawn depends on where the visitor is and on the address."""
    trouble = follow_teacher_link(state)
    if trouble:
        st.error(trouble, icon=":material/error:")
    room = rooms().current(state.owner)
    invited = invited_to(state, room)
    key = opened_run()
    if room is None or invited is not None:
        if key is not None:
            not_found()
        entrance(state, invited, room)
        return
    look = look_at(room.code)
    if key is not None:
        opened(state, room, key)
        return
    head(state, room)
    wall(state, room, look)
