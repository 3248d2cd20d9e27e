"""A teacher makes a task: what students may change, and what is to be found out."""

import streamlit as st

from nnlab.experiment import GOAL_LENGTH, Assignment, InvalidExperiment, Problem
from nnlab.experiment.assignment import MOST_OPEN
from nnlab.runs.assignments import AssignmentRefused, MadeTask
from nnlab.ui.once import once
from nnlab.ui.plain import plain
from nnlab.ui.resources import assignments
from nnlab.ui.share.address import task_url
from nnlab.ui.share.names import open_choices, open_in_words
from nnlab.ui.share.sign import link_sign
from nnlab.ui.state import State

_MADE, _REFUSED = "nnlab_task_made", "nnlab_task_refused"
_OPEN, _ALL, _HIDE, _GOAL = "task-open", "task-all", "task-hide", "task-goal"


def task_form(state: State) -> None:
    """The form, the link that was just made, and those of before."""
    choices = open_choices(state.experiment)
    everything = st.toggle(
        "Students may change everything",
        key=_ALL,
        help="Then the task is only where they begin, and its goal.",
    )
    # Layers may have gone since; a choice that is none any more must not stay chosen.
    key = f"{_OPEN}-{hash(tuple(choices))}"
    if not everything:
        st.multiselect(
            "Students may change only",
            list(choices),
            default=["Learning rate"],
            key=key,
            placeholder="Nothing: they press Train and look",
        )
        st.toggle(
            "Hide what is fixed",
            key=_HIDE,
            help="Fixed settings are not drawn at all. Otherwise they are shown, greyed out.",
        )
    st.text_area(
        "Goal, in your words",
        key=_GOAL,
        max_chars=GOAL_LENGTH,
        height=90,
        placeholder="Find a learning rate with which the test accuracy passes 95 %.",
    )
    st.button(
        "Make the task link",
        key="task-make",
        icon=":material/add_link:",
        type="primary",
        on_click=once(_make),
        args=(state, key),
    )
    _result(state)


def _make(state: State, open_key: str) -> None:
    try:
        st.session_state[_MADE] = assignments().add(state.owner, _assignment(state, open_key))
        st.session_state[_REFUSED] = None
    except (InvalidExperiment, AssignmentRefused) as error:
        st.session_state[_REFUSED] = str(error)


def _assignment(state: State, open_key: str) -> Assignment:
    """What the form says.

    Raises:
        InvalidExperiment: students could not train it, or too much is listed.
    """
    wanted = st.session_state
    experiment, everything = state.experiment, wanted[_ALL]
    if experiment.training.start_from or experiment.dataset.drawings:
        message = "goes on from a run or drawings of your own, which students do not have"
        raise InvalidExperiment([Problem("experiment", message)])
    choices = open_choices(experiment)
    paths = () if everything else sum((choices[label] for label in wanted[open_key]), ())
    if len(paths) > MOST_OPEN:
        message = f"at most {MOST_OPEN} settings can be listed; choose a wider one"
        raise InvalidExperiment([Problem("open", message)])
    return Assignment(
        experiment=experiment,
        open=None if everything else paths,
        hide=not everything and wanted[_HIDE],
        goal=(wanted[_GOAL] or "").strip()[:GOAL_LENGTH],
    )


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
