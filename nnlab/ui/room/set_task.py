"""A teacher starts and ends a task."""

import streamlit as st

from nnlab.architecture import layer_title
from nnlab.datasets import title_of
from nnlab.experiment import GOAL_LENGTH, Assignment, Experiment
from nnlab.rooms.room import Room, RoomRefused
from nnlab.ui.once import once
from nnlab.ui.open_settings import choose_open_settings
from nnlab.ui.resources import rooms
from nnlab.ui.room.teacher import attempt
from nnlab.ui.state import State

_GOAL, _HIDE = "room-goal", "room-hide"


def set_task(state: State, room: Room) -> None:
    """The end of the task that is set now, and the form for the next, folded up."""
    task = room.task
    # Another label for each task: the browser folds up what has another, and the form is done with.
    label = "Set a task" if task is None else f"End task {task.number}, or set another"
    with st.expander(label, icon=":material/edit_note:"):
        if task is not None:
            _end_button(state, room)
        _form(state, room)


def _form(state: State, room: Room) -> None:
    experiment = state.experiment
    if experiment.needs_ones_own:
        st.info(
            "The experiment on your Train page needs a run, drawings, points or images of your"
            " own, which students do not have. Open another one there.",
            icon=":material/tune:",
        )
        return
    st.markdown(
        "Everybody's Train page is set up with the experiment that is now on **your** Train page, "
        f"and begins with it:  \n:gray[{_in_words(experiment)}]"
    )
    st.text_area(
        "Goal",
        key=_GOAL,
        max_chars=GOAL_LENGTH,
        height=80,
        placeholder="Find the learning rate that does best on the test in 5 epochs.",
    )
    opened = choose_open_settings(experiment, "room-open")
    if opened is not None:
        st.toggle("Hide what is fixed", key=_HIDE, help="Else it is shown, but cannot be changed.")
    st.button(
        "Start the task" if room.task is None else "Start this task instead",
        icon=":material/assignment:",
        type="primary",
        key="room-task-start",
        on_click=once(_start),
        args=(state, room, experiment, opened),
    )


def _end_button(state: State, room: Room) -> None:
    st.button(
        "End the task",
        icon=":material/stop:",
        key="room-task-end",
        help="Train pages go back to what students had before. The runs stay on the wall.",
        on_click=once(attempt),
        args=(rooms().end_task, room.code, state.owner),
    )


def _start(
    state: State, room: Room, experiment: Experiment, opened: tuple[str, ...] | None
) -> None:
    goal = " ".join(str(st.session_state.get(_GOAL) or "").split())[:GOAL_LENGTH]
    hide = bool(st.session_state.get(_HIDE)) and opened is not None
    try:
        task = Assignment(experiment=experiment, open=opened, hide=hide, goal=goal)
        number = rooms().start_task(room.code, state.owner, task)
    except ValueError as error:
        st.toast(_why(error), icon=":material/error:")
        return
    if room.task is not None and number == room.task.number:
        st.toast(f"Nothing new: this is task {number}, which goes on.", icon=":material/info:")


def _why(error: ValueError) -> str:
    if isinstance(error, RoomRefused):
        return str(error)
    return "Settings that are theirs: too many; choose fewer, or leave all open."


def _in_words(experiment: Experiment) -> str:
    """Data set, layers and length, in one line."""
    layers = " → ".join(layer_title(layer) for layer in experiment.layers) or "no hidden layers"
    training, optimizer = experiment.training, experiment.training.optimizer
    return (
        f"{title_of(experiment.dataset.name)} · {layers} · {optimizer.type}, learning rate "
        f"{optimizer.learning_rate:g} · batch size {training.batch_size} · {training.epochs} epochs"
    )
