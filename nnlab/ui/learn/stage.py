"""A lesson on one screen: picture and controls, the code that ran, the question."""

import importlib

import streamlit as st

from nnlab.curriculum import Lesson, source_of
from nnlab.ui.columns import folding_columns
from nnlab.ui.learn.desk import desk_of
from nnlab.ui.learn.links import related, steps
from nnlab.ui.learn.progress import progress_of
from nnlab.ui.learn.question import question_card
from nnlab.ui.learn.share import share_button, take_positions, tell_refused
from nnlab.ui.plotly_library import load_ahead
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.work.short_tasks import WorkersNotReady

LOOK_EVERY_SECONDS = 1.0
_STYLE = """
<style>
  .st-key-lesson-code code {font-size: 0.72rem; line-height: 1.5;}
  .st-key-lesson-code pre {padding: 0.75rem;}
</style>
"""


def stage(state: State, lesson: Lesson) -> None:
    """The whole lesson."""
    steps(lesson)
    take_positions(desk_of(lesson, state.owner))
    st.html(_STYLE)
    left, right = folding_columns([1.3, 1], "lesson", gap="medium")
    with left, st.container(key="lesson-picture"):
        _picture(state, lesson)
    with right:
        question_card(lesson, progress_of(state.owner))
        _code(lesson)
        related(state, lesson)


def _code(lesson: Lesson) -> None:
    with st.container(key="lesson-code", gap="xxsmall"):
        st.caption(lesson.code_note)
        source = "\n\n".join(source_of(lesson.name, name) for name in lesson.code)
        st.code(source, "python", wrap_lines=True)


def _picture(state: State, lesson: Lesson) -> None:
    """A fragment: a slider redraws the picture and nothing else."""
    waiting = engine().status.phase != "ready"
    every = LOOK_EVERY_SECONDS if waiting else desk_of(lesson, state.owner).every
    # A key of its own for each case: the browser keeps the timer of a fragment it knows.
    st.fragment(_show, run_every=every, key=f"lesson-{lesson.name}-{waiting}-{every}")(
        state, lesson, waiting, every
    )


def _show(state: State, lesson: Lesson, was_waiting: bool, every: float | None) -> None:
    if was_waiting and engine().status.phase == "ready":
        st.rerun()
    module = importlib.import_module(f"nnlab.ui.learn.lessons.{lesson.name}")
    desk = desk_of(lesson, state.owner)
    desk.every = None
    try:
        module.show(desk)
        tell_refused(desk)
        share_button(desk)
    except WorkersNotReady as error:
        desk.every = LOOK_EVERY_SECONDS
        load_ahead()
        st.info(
            f"{error} The picture comes as soon as they answer.", icon=":material/hourglass_top:"
        )
    finally:
        desk.keep()
    if desk.moved or (not was_waiting and desk.every != every):
        desk.moved = False
        st.rerun()  # with the controls where the link has them, or with another timer
