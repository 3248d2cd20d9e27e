"""The end of the form: what one expects, what it will cost, and the start."""

from collections.abc import Sequence

import streamlit as st

from nnlab.datasets import DatasetError
from nnlab.experiment import InvalidExperiment, Problem
from nnlab.rooms.room import RoomRefused
from nnlab.runs.sweeps import EXPECTATION_LENGTH, SweepRefused
from nnlab.sweep import Sweep, axis_label, in_words
from nnlab.ui.once import once
from nnlab.ui.plain import plain
from nnlab.ui.resources import engine, rooms
from nnlab.ui.state import State
from nnlab.ui.sweep.choices import fixed
from nnlab.ui.sweep.draft import Draft
from nnlab.ui.sweep.estimate import outlook
from nnlab.ui.sweep.field import field


def begin(state: State, draft: Draft) -> None:
    """The expectation and the button, or what stands in its way."""
    st.text_area(
        "Predict first: what do you expect? (you may leave it empty)",
        value=draft.expectation,
        max_chars=EXPECTATION_LENGTH,
        height=80,
        placeholder="Which setting will win, and by how much?",
        **field(state, draft, "expectation"),
    )
    sweep: Sweep | None = None
    problems: Sequence[Problem] = ()
    try:
        wanted = draft.sweep(state)
        engine().sweeping.check(wanted)
        _admit(state, wanted)
        sweep = wanted
    except InvalidExperiment as error:
        problems = error.problems
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Start the sweep",
            icon=":material/play_arrow:",
            type="primary",
            key="sweep-start",
            on_click=once(lambda: _start(state, draft)),
        )
        st.caption(outlook(state.owner, sweep) if sweep else "")
    room = rooms().current(state.owner)
    if room is not None and room.me is not None:
        st.caption("The trials of a sweep do not go on your class's wall; runs from Train do.")
    for problem in problems:
        st.caption(f":orange[{plain(problem.field)}: {plain(problem.message)}]")


def _start(state: State, draft: Draft) -> None:
    try:
        sweep = draft.sweep(state)
        _admit(state, sweep)
        rooms().check_start(state.owner)
        draft.shown = engine().sweeping.begin(
            sweep, state.owner, draft.title(state), draft.expectation
        )
    except (InvalidExperiment, DatasetError, LookupError, SweepRefused, RoomRefused) as error:
        st.toast(plain(str(error)), icon=":material/error:", duration="long")
        return
    draft.expectation = ""
    draft.version += 1
    draft.keep(state.owner)


def _admit(state: State, sweep: Sweep) -> None:
    """A task's locked settings cannot be varied, nor another experiment be taken instead.

    Raises:
        InvalidExperiment: with what is locked.
    """
    if state.assignment is None:
        return
    try:
        state.assignment.check(sweep.experiment)
    except InvalidExperiment as error:
        raise in_words(error) from None
    for axis in sweep.axes:
        if fixed(state, axis.path):
            text = "is fixed by this task and cannot vary"
            raise InvalidExperiment([Problem(axis_label(axis.path), text)])
