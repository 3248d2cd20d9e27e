"""A teacher makes a task: what students may change, and what is to be found out."""

import streamlit as st

from nnlab.experiment import GOAL_LENGTH, InvalidExperiment
from nnlab.runs.assignments import AssignmentRefused, MadeTask
from nnlab.ui.once import once
from nnlab.ui.plain import plain
from nnlab.ui.resources import assignments
from nnlab.ui.share.address import task_url
from nnlab.ui.share.names import open_choices, open_in_words
from nnlab.ui.share.sign import link_sign
from nnlab.ui.share.task_wish import TaskWish, task_wish
from nnlab.ui.state import State
from nnlab.ui.tied import tied

_MADE, _REFUSED = "nnlab_task_made", "nnlab_task_refused"


def task_form(state: State) -> None:
    """The form, the link that was just made, and those of before."""
    wish = task_wish(state.owner)
    st.toggle(
        "Students may change everything",
        value=wish.everything,
        help="Then the task is only where they begin, and its goal.",
        **tied(wish, "everything", "task-all", wish.keep),
    )
    if not wish.everything:
        _locks(state, wish)
    st.text_area(
        "Goal, in your words",
        value=wish.goal,
        max_chars=GOAL_LENGTH,
        height=90,
        placeholder="Find a learning rate that does better on the test than 0.001.",
        **tied(wish, "goal", "task-goal", wish.keep),
    )
    st.button(
        "Make the task link",
        key="task-make",
        icon=":material/add_link:",
        type="primary",
        on_click=once(_make),
        args=(state, wish),
    )
    _result(state)


def _locks(state: State, wish: TaskWish) -> None:
    choices = open_choices(state.experiment)
    st.multiselect(
        "Students may change only",
        list(choices),
        default=[label for label in wish.left if label in choices],
        placeholder="Nothing: they press Train and look",
        # Other layers are other choices, and another widget.
        **tied(wish, "left", f"task-open-{hash(tuple(choices))}", wish.keep),
    )
    st.toggle(
        "Hide what is fixed",
        value=wish.hide,
        help="Fixed settings are not drawn at all. Otherwise they are shown, greyed out.",
        **tied(wish, "hide", "task-hide", wish.keep),
    )


def _make(state: State, wish: TaskWish) -> None:
    try:
        st.session_state[_MADE] = assignments().add(state.owner, wish.assignment(state.experiment))
        st.session_state[_REFUSED] = None
    except (InvalidExperiment, AssignmentRefused) as error:
        st.session_state[_REFUSED] = str(error)


def _result(state: State) -> None:
    if st.session_state.get(_REFUSED):
        st.error(plain(st.session_state[_REFUSED]), icon=":material/error:")
    made = {task.code: task for task in assignments().made_by(state.owner)}
    new = made.get(st.session_state.get(_MADE, ""))
    if new is not None:
        with st.container(border=True, key="task-made", gap="small"):
            st.markdown("**The task's link.** What is fixed is kept here, not in the link.")
            st.caption(_what(new))
            link_sign("task-link", task_url(new.code), f"Task {new.code}")
    if made:
        with st.expander(f"Your tasks ({len(made)})", icon=":material/assignment:"):
            for task in made.values():
                _earlier(state, task)


def _earlier(state: State, task: MadeTask) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{task.code}** :gray[{task.created_at:%d %b %H:%M} UTC]")
        st.text(task.assignment.goal or _what(task), width="stretch")
        st.button(
            "Show",
            key=f"task-show-{task.code}",
            icon=":material/qr_code:",
            type="tertiary",
            on_click=_show,
            args=(task.code,),
        )
        st.button(
            "Delete",
            key=f"task-delete-{task.code}",
            icon=":material/delete:",
            type="tertiary",
            help="Nobody can begin it any more. Who is at it stays so.",
            on_click=once(assignments().remove),
            args=(task.code, state.owner),
        )


def _show(code: str) -> None:
    st.session_state[_MADE] = code


def _what(task: MadeTask) -> str:
    named = open_in_words(task.assignment)
    return f"Students may change: {', '.join(named) or 'nothing'}."
