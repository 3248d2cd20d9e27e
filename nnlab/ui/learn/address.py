"""A lesson has a link of its own."""

import streamlit as st

from nnlab.curriculum import LESSONS, Lesson

PAGE = "pages/5_Learn.py"
_PARAMETER = "lesson"


def address(lesson: str) -> dict[str, str]:
    """The query of a lesson's link."""
    return {_PARAMETER: lesson}


def lesson_in_address() -> tuple[Lesson | None, str | None]:
    """The lesson that the link names, or a message if it names one that does not exist."""
    name = st.query_params.get(_PARAMETER)
    if name is None or name in LESSONS:
        return LESSONS.get(name or ""), None
    return None, f"There is no lesson of that name; the lessons are: {', '.join(LESSONS)}."
