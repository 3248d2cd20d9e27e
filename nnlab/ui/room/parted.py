"""On every page: that a room is gone, or that one was taken out. Who leaves is told nothing.

The room one was in last is a draft, so that who comes back the next day is told as well.
"""

import streamlit as st

from nnlab.rooms.room import Room
from nnlab.ui.once import once
from nnlab.ui.resources import engine, rooms
from nnlab.ui.share.banner import left_with_room
from nnlab.ui.state import State

_DRAFT = "room"
_KEY = "nnlab_room_last"  # what the draft holds, so that a drawing reads or writes nothing
# Seen by who has scrolled down to the curves, too; the button stays beside the words.
_STYLE = """
<style>
  [data-testid="stLayoutWrapper"]:has(> .st-key-room-parted-place) {
    position: sticky; top: 3.75rem; z-index: 50;
  }
  .st-key-room-parted {flex-wrap: nowrap; background: color-mix(in srgb, #3B8FD9 9%, Canvas);}
</style>
"""


def notice_parting(state: State, room: Room | None) -> None:
    """Note the room one is in, or what became of the one before. To be called at each drawing.

    It comes before the room's task is taken off, which is told in the same line.
    """
    last = _last(state)
    if room is not None:
        if last != {"code": room.code}:
            _note(state, {"code": room.code})
    elif last is not None and "told" not in last:
        words = _what_became(state, last["code"])
        _note(state, {"told": words} if words else None)


def parting_line(state: State) -> None:
    """What became of the room, until it is closed or one is in another. Nothing else."""
    words = (_last(state) or {}).get("told")
    with st.container(key="room-parted-place"):  # always there: what stands below keeps its place
        if words is not None:
            _line(state, words)


def _line(state: State, words: str) -> None:
    st.html(_STYLE)
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", key="room-parted"
    ):
        st.markdown(f":material/info: {words}", width="stretch")
        st.button(
            "Close",
            key="room-parted-close",
            icon=":material/close:",
            type="tertiary",
            on_click=once(_note),
            args=(state, None),
        )


def _what_became(state: State, code: str) -> str | None:
    parting = rooms().parting(code, state.owner)
    if parting is None:
        return None
    if parting == "removed":
        words = f"Your teacher took you out of room {code}. Your runs are still yours"
    else:
        words = f"Room {code} has ended. Your runs are still yours"
    own = "; Train is back at your own experiment" if left_with_room(state) else ""
    return f"{words}{own}."


def _last(state: State) -> dict[str, str] | None:
    if _KEY not in st.session_state:
        st.session_state[_KEY] = engine().drafts.get(state.owner, _DRAFT)
    return st.session_state[_KEY]


def _note(state: State, value: dict[str, str] | None) -> None:
    if value is None:
        engine().drafts.drop(state.owner, _DRAFT)
    else:
        engine().drafts.put(state.owner, _DRAFT, value)
    st.session_state[_KEY] = value
