"""The task that a visitor is at: its goal, what is the visitor's to change, and the way out."""

import streamlit as st

from nnlab.experiment import Assignment
from nnlab.ui.once import once
from nnlab.ui.share.names import open_in_words
from nnlab.ui.share.tabs import all_in_tabs, tabs_of
from nnlab.ui.state import State

_STYLE = """
<style>
  .st-key-task {background: color-mix(in srgb, #3B8FD9 9%, transparent);}
</style>
"""


def task_banner(state: State) -> None:
    """Nothing for those who are at no task."""
    if state.assignment is None:
        return
    st.html(_STYLE)
    with st.container(border=True, key="task", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown("**:material/assignment: Task** :gray[set by your teacher]")
            st.space("stretch")
            _buttons(state, state.assignment)
        if state.assignment.goal:
            st.text(state.assignment.goal)  # as it was typed, never as Markdown
        st.caption(_yours(state.assignment))


def left_with_room(state: State) -> bool:
    """Whether the task is a class room's: it is left by leaving the room."""
    return (state.source or "").startswith("room:")


def _yours(assignment: Assignment) -> str:
    named = open_in_words(assignment)
    if assignment.open is None:
        return "Every setting is yours to change."
    if not named:
        return "All settings are fixed: press Train."
    rest = "Everything else is fixed" + (" and not shown." if assignment.hide else ".")
    return f"Yours to change: **{', '.join(named)}**{_where(assignment)}. {rest}"


def _where(assignment: Assignment) -> str:
    """The tabs of Train, unless part of what is open stands elsewhere."""
    if not all_in_tabs(assignment):
        return ""
    tabs = tabs_of(assignment)
    return f", on Train in the {'tab' if len(tabs) == 1 else 'tabs'} {' and '.join(tabs)}"


def _buttons(state: State, assignment: Assignment) -> None:
    st.button(
        "Begin again",
        icon=":material/restart_alt:",
        key="task-again",
        type="tertiary",
        help="Back to the settings that the task began with.",
        disabled=state.experiment == assignment.experiment,
        on_click=once(_begin_again),
        args=(state,),
    )
    if not left_with_room(state):
        st.button(
            "Leave the task",
            icon=":material/logout:",
            key="task-leave",
            type="tertiary",
            help="Back to your own experiment. What you changed here is kept with the task.",
            on_click=once(state.leave_task),
        )


def _begin_again(state: State) -> None:
    if state.assignment is not None:
        state.replace(state.assignment.experiment)
