"""One run of the wall, to be looked at: nothing here steers it."""

import pandas as pd
import streamlit as st

from nnlab.datasets import info_of
from nnlab.datasets.told_settings import told_settings
from nnlab.experiment import setting_label
from nnlab.figures.wall import in_words
from nnlab.rooms.room import Room, RoomRefused, SharedRun
from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.timeline import Timeline
from nnlab.ui.evaluate.answers import answers_of
from nnlab.ui.evaluate.behind import Behind
from nnlab.ui.evaluate.confusion import confusion_whole
from nnlab.ui.evaluate.headline import settings_line
from nnlab.ui.evaluate.images import images_for_others
from nnlab.ui.evaluate.numbers import met_at, numbers_charts
from nnlab.ui.kinds import learns_numbers
from nnlab.ui.once import once
from nnlab.ui.resources import rooms
from nnlab.ui.room.address import close_run
from nnlab.ui.state import State
from nnlab.ui.train.curves import draw_curves, epoch_table, history_of
from nnlab.ui.wording import STATE_COLOURS, STATE_ICONS, figure_reached

LOOK_EVERY_SECONDS = 2.0
_TO_TRAIN = "nnlab_room_to_train"
_STYLE = """
<style>
  .st-key-room-opened [data-testid="stText"] {
    font-family: inherit; font-size: 1.75rem; font-weight: 600;
  }
</style>
"""


def opened(state: State, room: Room, key: str) -> None:
    """Curves, settings, final figures and, of a run that is complete, its mistakes."""
    if st.session_state.pop(_TO_TRAIN, False):
        st.switch_page("pages/2_Train.py")
    found = _find(state, room, key)
    if found is None:
        not_found()
        return
    _back()
    st.html(_STYLE)
    every = LOOK_EVERY_SECONDS if found.run.active else None
    live = st.fragment(_live, run_every=every, key=f"room-opened-{found.run.active}")
    live(state, room, key, found.run.active)
    _settings(state, found.run)
    if found.run.complete:
        _mistakes(state, room, key, found.run)


def not_found() -> None:
    """The same for a run that is gone and for one of another room."""
    st.error(
        "Run not found: there is none of this name in your room. It may have been deleted.",
        icon=":material/search_off:",
    )
    _back()


def _back() -> None:
    st.button(
        "Back to the wall",
        icon=":material/arrow_back:",
        key="room-back",
        type="tertiary",
        on_click=once(close_run),
    )


def _find(state: State, room: Room, key: str) -> SharedRun | None:
    try:
        return rooms().run(room.code, state.owner, key)
    except (RunNotFound, RoomRefused):
        return None


def _live(state: State, room: Room, key: str, was_active: bool) -> None:
    found = _find(state, room, key)
    if found is None or found.run.active != was_active:
        st.rerun()
    with st.container(border=True, key="room-opened"):
        _headline(found)
        _curves(found.run)


def _headline(found: SharedRun) -> None:
    run = found.run
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(found.member.nickname)
        icon, colour = STATE_ICONS[run.state], STATE_COLOURS[run.state]
        st.badge(str(run.state), icon=icon, color=colour)  # type: ignore[arg-type]
        if found.task is not None:
            st.badge(f"Task {found.task}", icon=":material/assignment:", color="gray")
    epochs = f"{run.epoch} of {run.experiment.training.epochs} epochs"
    if run.active:
        st.progress(run.progress, text=epochs)
    elif run.complete:
        loss = "not a number" if run.test_loss is None else f"{run.test_loss:.4f}"
        st.markdown(f"Test {figure_reached(run, 2)}, test loss **{loss}** after {epochs}.")
    elif run.message:
        st.caption(run.message)


def _curves(run: Run) -> None:
    history = history_of(run)
    draw_curves(run, history, None)
    if history.epochs:
        with st.expander("The same figures as a table", icon=":material/table:"):
            epoch_table(history)


def _settings(state: State, run: Run) -> None:
    st.subheader("Settings", anchor=False)
    st.markdown(settings_line(run, info_of(run.experiment.dataset).outputs))
    st.button(
        "Use these settings",
        icon=":material/content_copy:",
        key="room-use",
        help="Opens them on Train, as far as your task allows.",
        on_click=once(_use),
        args=(state, run),
    )
    with st.expander("All settings", icon=":material/table:"):
        settings = told_settings(run.experiment)
        frame = pd.DataFrame(
            {
                "Setting": [setting_label(path) for path in settings],
                "Value": [in_words(value) for value in settings.values()],
                "Name in files": list(settings),
            }
        )
        st.dataframe(frame, hide_index=True)


def _use(state: State, run: Run) -> None:
    if state.replace(run.experiment):
        st.session_state[_TO_TRAIN] = True
    else:
        st.toast("Your task does not allow these settings.", icon=":material/lock:")


def _mistakes(state: State, room: Room, key: str, run: Run) -> None:
    """The matrix and the images behind it, under the run's name in the room."""
    if learns_numbers(run):
        _misses(run)
        return
    answers = answers_of(run)
    if answers is None:
        return
    behind = Behind(lambda: _permitted(state, room, key))
    confusion_whole(f"room-{key}", answers, images_for_others(run, answers), behind)


def _misses(run: Run) -> None:
    """How far off the numbers are at the end."""
    place = Timeline(run).places[-1]
    met = met_at(run, place)
    if met is not None:
        numbers_charts(run, place, met)


def _permitted(state: State, room: Room, key: str) -> Run:
    found = _find(state, room, key)
    if found is None:
        raise RunNotFound(key)
    return found.run
