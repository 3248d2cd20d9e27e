"""At the top of a room: its code, who one is in it, its task, and the way out."""

import streamlit as st

from nnlab.rooms.room import Room, Task
from nnlab.runs.run import utc_now
from nnlab.ui.code_sign import show_code
from nnlab.ui.columns import folding_columns
from nnlab.ui.once import once
from nnlab.ui.resources import rooms
from nnlab.ui.room.entrance import join_form
from nnlab.ui.room.link import room_link, share_link
from nnlab.ui.room.set_task import set_task
from nnlab.ui.room.teacher import teacher_tools
from nnlab.ui.state import State
from nnlab.ui.wording import duration

_STYLE = """
<style>
  .st-key-room-head [data-testid="stText"], .st-key-room-task [data-testid="stText"] {
    font-family: inherit;
  }
  .st-key-room-task {background: color-mix(in srgb, #3B8FD9 9%, transparent);}
  .st-key-room-task [data-testid="stText"] {font-size: 1.25rem;}
</style>
"""


def head(state: State, room: Room) -> None:
    """A teacher's shows the code and the link in type for a projector."""
    st.html(_STYLE)
    if room.teacher:
        _invitation(state, room)
    else:
        _name_plate(state, room)
    if room.frozen:
        st.info(
            "The room is frozen: no new runs, and nobody can join. What trains goes on.",
            icon=":material/ac_unit:",
        )
    if room.task is not None:
        _task(room, room.task)
    if room.teacher:
        set_task(state, room)


def _invitation(state: State, room: Room) -> None:
    with st.container(border=True, key="room-head", gap="small"):
        sign, link = folding_columns([1, 1.6], "room-invitation", gap="small")
        with sign:
            show_code(room.code, "Room", "room-code-sign")
        with link:
            st.markdown("Open this link, or choose **Class** and type the code:")
            share_link(room_link(room.code), f"Room {room.code}", "room-link")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(_until(room))
            if room.me is not None:
                st.text(f"You train as {room.me.nickname}.")
            st.space("stretch")
            if room.me is None:
                _take_part(state, room)
            _leave(state)
        teacher_tools(state, room)


def _name_plate(state: State, room: Room) -> None:
    nickname = room.me.nickname if room.me else ""
    with st.container(
        border=True, key="room-head", horizontal=True, vertical_alignment="center", gap="small"
    ):
        st.markdown(f"**Room {room.code}**")
        st.text(f"You are {nickname}.")
        st.caption(_until(room))
        st.space("stretch")
        if room.task is None:
            _to_train("Train")
        _leave(state)


def _take_part(state: State, room: Room) -> None:
    with st.popover("Train here, too", icon=":material/person_add:", type="tertiary"):
        st.caption("With a nickname, what you train is on the wall as well.")
        join_form(state, room.code, known=True)


def _leave(state: State) -> None:
    st.button(
        "Leave",
        icon=":material/logout:",
        type="tertiary",
        key="room-leave",
        help="Nickname and runs stay on the wall. You can come back.",
        on_click=once(rooms().leave),
        args=(state.owner,),
    )


def _until(room: Room) -> str:
    left = max((room.ends_at - utc_now()).total_seconds(), 0)
    hours = round(left / 3600)
    return f"Ends in {hours} hours." if hours > 1 else f"Ends in {duration(left)}."


def _to_train(label: str) -> None:
    st.page_link("pages/2_Train.py", label=label, icon=":material/model_training:", width="content")


def _task(room: Room, task: Task) -> None:
    with st.container(border=True, key="room-task", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**:material/assignment: Task {task.number}**")
            st.space("stretch")
            if room.me is not None:
                _to_train("To the task")
        if task.assignment.goal:
            st.text(task.assignment.goal)  # as it was typed, never as Markdown
