"""From lesson to lesson, and to the recipe that shows the effect at full size."""

import streamlit as st

from nnlab.curriculum import LESSONS, Lesson
from nnlab.recipes import RECIPES
from nnlab.ui.learn.address import PAGE, address
from nnlab.ui.opening import go_if_opened, open_button
from nnlab.ui.state import State

OVERVIEW = ":material/school: All lessons"


def number_of(lesson: Lesson) -> int:
    """1 for the first lesson."""
    return list(LESSONS).index(lesson.name) + 1


def steps(lesson: Lesson) -> None:
    """Back to the overview, and the lessons before and after."""
    names = list(LESSONS)
    position = names.index(lesson.name)
    with st.container(horizontal=True, gap="medium", key="lesson-steps"):
        st.page_link(PAGE, label=OVERVIEW, query_params={})
        st.caption(f"Lesson {position + 1} of {len(names)}")
        if position:
            _link(names[position - 1], "← ")
        if position + 1 < len(names):
            _link(names[position + 1], "→ ")


def related(state: State, lesson: Lesson) -> None:
    """Where to go from here: other lessons, and recipes, each opened on Train with one click."""
    with st.container(key="lesson-related", gap="xxsmall"):
        st.markdown("**Go on**")
        for name in lesson.after:
            _link(name, ":material/school: ")
        for name in lesson.recipes:
            open_button(state, RECIPES[name], f"Train it: {RECIPES[name].title}", quiet=True)
    go_if_opened()


def _link(name: str, mark: str) -> None:
    st.page_link(PAGE, label=mark + LESSONS[name].title, query_params=address(name))
