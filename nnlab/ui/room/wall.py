"""The wall; it looks again by itself, more often while something trains."""

from collections.abc import Sequence

import streamlit as st

from nnlab.rooms.room import Room, RoomRefused
from nnlab.rooms.wall import WallRun
from nnlab.ui.resources import rooms
from nnlab.ui.room.address import opened_run
from nnlab.ui.room.badge import has_changed
from nnlab.ui.room.charts import curves, setting_scatter
from nnlab.ui.room.filters import choices, filters, view_choice
from nnlab.ui.room.look import Look
from nnlab.ui.room.shown import Shown, figure_of, shown_runs
from nnlab.ui.room.table import runs_table
from nnlab.ui.state import State
from nnlab.ui.wording import counted

LOOK_EVERY_SECONDS = 2.0
# Nothing trains: somebody may begin.
LOOK_IDLE_SECONDS = 5.0


def wall(state: State, room: Room, look: Look) -> None:
    """All runs of the room, filtered, in one of three views.

    The filters are outside of what looks again: without them a look sends half as much.
    """
    try:
        _, runs = rooms().wall(room.code, state.owner)
    except RoomRefused:  # ended in this moment
        st.rerun()
    with st.container(border=True, key="room-wall"):
        st.subheader("The wall", anchor=False)
        if runs:
            filters(look, runs)
            view_choice(look, figure_of(look.of(runs)))
        busy = _is_busy(runs)
        every = LOOK_EVERY_SECONDS if busy else LOOK_IDLE_SECONDS
        # A key of its own for each case: the browser keeps the timer of a fragment it knows.
        live = st.fragment(_live, run_every=every, key=f"room-wall-{busy}")
        live(state, room, look, (busy, choices(runs), figure_of(look.of(runs))))


def _live(state: State, room: Room, look: Look, before: tuple[object, ...]) -> None:
    try:
        now, runs = rooms().wall(room.code, state.owner)
    except RoomRefused:  # its time is over, or the visitor was taken out
        st.rerun()
    same = (_is_busy(runs), choices(runs), figure_of(look.of(runs))) == before
    if not same or has_changed(room, now) or opened_run() is not None:
        st.rerun()  # more than the runs is another now
    _summary(now, runs)
    if runs:
        _view(room, look, shown_runs(look, runs))
    else:
        _nothing_yet(room)


def _view(room: Room, look: Look, shown: Shown) -> None:
    if not shown.runs:
        st.info("No run is like this. Choose other filters.", icon=":material/filter_alt_off:")
    elif look.view == "table":
        runs_table(room, look, shown)
    elif look.view == "curves":
        curves(room, look, shown)
    else:
        setting_scatter(room, look, shown)


def _is_busy(runs: Sequence[WallRun]) -> bool:
    return any(run.run.active for run in runs)


def _summary(room: Room, runs: Sequence[WallRun]) -> None:
    training = sum(run.run.active for run in runs)
    parts = [f"{counted(room.members, 'member')} in the room", counted(len(runs), "run")]
    parts += [f"{training} training or waiting"] if training else []
    st.caption(" · ".join(parts))


def _nothing_yet(room: Room) -> None:
    if room.me:
        how = "Press **Train** on the Train page, and your run appears here while it learns."
    else:
        how = "When somebody in the room presses **Train**, the run appears here while it learns."
    st.info(
        f"No runs yet. {how}",
        icon=":material/monitoring:",
    )
