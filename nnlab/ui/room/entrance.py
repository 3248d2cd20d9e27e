"""Outside of any room: join one, open one, or go back into one."""

import streamlit as st

from nnlab import settings
from nnlab.joining.code import InvalidCode, parse_code
from nnlab.joining.nickname import LONGEST, InvalidNickname, parse_nickname
from nnlab.rooms.room import Room, RoomRefused
from nnlab.ui.columns import folding_columns
from nnlab.ui.once import once
from nnlab.ui.resources import rooms
from nnlab.ui.room.address import forget_invitation
from nnlab.ui.state import State

_CODE, _NICKNAME, _REFUSED = "room-code", "room-nickname", "nnlab_room_refused"


def entrance(state: State, invited: str | None, room: Room | None) -> None:
    """The forms, with the code of an invitation filled in.

    Args:
        state: the visitor.
        invited: a code from the address.
        room: where the visitor is now, if anywhere.
    """
    if room is not None:
        _already_in(room)
    join, teach = folding_columns(2, "room-entrance")
    with join, st.container(border=True, key="room-join", height="stretch"):
        st.subheader("Join a class", anchor=False)
        st.markdown("Your teacher shows you the code of the room. You need no account.")
        join_form(state, code=invited)
    with teach, st.container(border=True, key="room-open", height="stretch"):
        _teach(state)
    _back(state)


def join_form(state: State, code: str | None = None, known: bool = False) -> None:
    """Code and nickname; what is not allowed is answered below.

    Args:
        state: the visitor.
        code: to begin with.
        known: it is the code, and is not asked for.
    """
    with st.form("room-form", border=False):
        if not known:
            key = f"{_CODE}-{code}"  # another invitation is another field
            st.text_input("Code", value=code or "", key=key, max_chars=12, autocomplete="off")
        st.text_input(
            "Nickname",
            key=_NICKNAME,
            max_chars=LONGEST,
            autocomplete="off",
            help="Everybody in the room sees it. Better not your full name.",
        )
        args = (state, code, known)
        st.form_submit_button("Join", type="primary", on_click=once(_join), args=args)
    _refusal("join")


def _join(state: State, code: str | None, known: bool) -> None:
    try:
        wanted = code if known else st.session_state[f"{_CODE}-{code}"]
        nickname = st.session_state[_NICKNAME]
        rooms().join(parse_code(wanted or ""), state.owner, parse_nickname(nickname))
    except (InvalidCode, InvalidNickname, RoomRefused) as error:
        st.session_state[_REFUSED] = ("join", str(error))
        return
    st.session_state.pop(_REFUSED, None)
    forget_invitation()


def _teach(state: State) -> None:
    hours = settings.room_hours()
    st.subheader("Teach a class", anchor=False)
    st.markdown(
        "Open a room and show its code. Whatever your students train appears on one wall, live;"
        " you can set them a task, freeze the room and save all results as a table."
    )
    st.button(
        "Open a room",
        icon=":material/add_home:",
        key="room-create",
        on_click=once(_create),
        args=(state,),
    )
    _refusal("create")
    st.caption(
        f"A room ends after {hours} hours: its nicknames, tasks and wall are deleted then. What was"
        " trained stays with whoever trained it."
    )


def _create(state: State) -> None:
    try:
        rooms().create(state.owner)
    except RoomRefused as error:
        st.session_state[_REFUSED] = ("create", str(error))
        return
    st.session_state.pop(_REFUSED, None)
    forget_invitation()


def _refusal(where: str) -> None:
    place, words = st.session_state.get(_REFUSED, ("", ""))
    if place == where:
        st.error(words, icon=":material/error:")


def _already_in(room: Room) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"You are in room **{room.code}**. To join another takes you there.")
        st.button(
            "Stay here",
            icon=":material/arrow_back:",
            key="room-stay",
            type="tertiary",
            on_click=once(forget_invitation),
        )


def _back(state: State) -> None:
    known = rooms().of(state.owner)
    if not known:
        return
    st.subheader("Your rooms", anchor=False)
    for room in known:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                f"Enter {room.code}",
                icon=":material/login:",
                key=f"room-enter-{room.code}",
                on_click=once(_enter),
                args=(state, room.code),
            )
            st.text(f"as {room.me.nickname}" if room.me else "as its teacher")


def _enter(state: State, code: str) -> None:
    try:
        rooms().enter(code, state.owner)
        st.session_state.pop(_REFUSED, None)
        forget_invitation()
    except RoomRefused as error:
        st.toast(str(error))
