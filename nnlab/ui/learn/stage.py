"""A lesson on one screen: picture and controls, the code that ran, the question."""

import importlib

import streamlit as st

from nnlab.curriculum import Lesson, source_of
from nnlab.ui.columns import folding_columns
from nnlab.ui.learn.desk import desk_of
from nnlab.ui.learn.links import related, steps
from nnlab.ui.learn.progress import progress_of
from nnlab.ui.learn.question import question_card
from nnlab.ui.plotly_library import load_ahead
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.work.engine import WorkersNotReady

LOOK_EVERY_SECONDS = 1.0
_STYLE = """
<style>
  .st-key-lesson-code code {font-size: 0.78rem; line-height: 1.5;}
  .st-key-lesson-code pre {padding: 0.75rem;}
</style>
"""


def stage(state: State, lesson: Lesson) -> None:
    """The whole lesson."""
    steps(lesson)
    st.html(_STYLE)
    left, right = folding_columns([1.3, 1], "lesson")
    with left, st.container(key="lesson-picture"):
        _picture(state, lesson)
    with right:
        question_card(lesson, progress_of(state.owner))
        _code(lesson)
        related(state, lesson)


def _code(lesson: Lesson) -> None:
    with st.container(key="lesson-code", gap="xxsmall"):
        st.caption("The TensorFlow that ran for the picture")
        source = "\n\n".join(source_of(lesson.name, name) for name in lesson.code)
        st.code(source, "python", wrap_lines=True)


def _picture(state: State, lesson: Lesson) -> None:
    """A fragment: a slider redraws the picture and nothing else."""
    waiting = engine().status.phase != "ready"
    every = LOOK_EVERY_SECONDS if waiting else None
    st.fragment(_show, run_every=every, key=f"lesson-{lesson.name}-{waiting}")(
        state, lesson, waiting
    )


def _show(state: State, lesson: Lesson, was_waiting: bool) -> None:
    if was_waiting and engine().status.phase == "ready":
        st.rerun()
    module = importlib.import_module(f"nnlab.ui.learn.lessons.{lesson.name}")
    try:
        module.show(desk_of(lesson, state.owner))
    except WorkersNotReady as error:
        load_ahead()
        st.info(
            f"{error} The picture comes as soon as they answer.", icon=":material/hourglass_top:"
        )
