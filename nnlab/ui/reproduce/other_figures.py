"""Published figures that need no run of a recipe: the lessons' own, and MNIST's class counts."""

from typing import Any

import streamlit as st

from nnlab.curriculum import LESSONS
from nnlab.curriculum.published import LESSON_FIGURES, LessonFigure
from nnlab.datasets import DatasetError
from nnlab.reproduction import CLASS_COUNTS, class_counts
from nnlab.ui.learn.address import PAGE, address
from nnlab.ui.resources import engine
from nnlab.work.short_tasks import WorkersNotReady

_AGREES, _DIFFERS = "✓ agrees", "✗ differs"


def other_figures() -> None:
    """A table for each lesson that reproduces figures, and one of the counts."""
    st.subheader("From the lessons")
    for lesson, figures in LESSON_FIGURES.items():
        _lesson(lesson, figures)
    st.subheader("In the data")
    _counts()


def _lesson(name: str, figures: tuple[LessonFigure, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{LESSONS[name].title}**, computed anew as the lesson does it")
        st.page_link(PAGE, label=":material/school: Open the lesson", query_params=address(name))
    try:
        ours = _computed(name)
    except WorkersNotReady as error:
        st.caption(f"{error} Reload the page then.")
        return
    except DatasetError as error:
        st.caption(str(error))
        return
    st.dataframe(
        [_row(figure, ours[figure.name]) for figure in figures], hide_index=True, height="content"
    )


@st.cache_data(show_spinner="Computing …")
def _computed(lesson: str) -> dict[str, float]:
    return engine().run_lesson(lesson, "published_figures")


def _row(figure: LessonFigure, ours: float) -> dict[str, Any]:
    return {
        "Figure": figure.words,
        "Published": f"{figure.published:g}",
        "Ours": f"{ours:.5g}",
        "Difference": f"{ours - figure.published:+.1g}".replace("-", "−"),
        "Verdict": _AGREES if figure.agrees(ours) else _DIFFERS,
    }


def _counts() -> None:
    try:
        ours = class_counts()
    except DatasetError as error:
        st.caption(f"Images of each digit in MNIST: {error}")
        return
    verdict = _AGREES if ours == CLASS_COUNTS else _DIFFERS
    st.markdown(f"Course D counts MNIST's training images of each digit: {verdict}.")
    rows = {"Published": CLASS_COUNTS, "Counted here": ours}
    st.dataframe(
        [{"": name} | {str(digit): n for digit, n in enumerate(row)} for name, row in rows.items()],
        hide_index=True,
    )
