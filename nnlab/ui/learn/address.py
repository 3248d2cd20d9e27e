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
    _tell_browser()
    name = st.query_params.get(_PARAMETER)
    if name is None or name in LESSONS:
        return LESSONS.get(name or ""), None
    return None, f"There is no lesson of that name; the lessons are: {', '.join(LESSONS)}."


def _tell_browser() -> None:
    """Have the browser show the address that this page is drawn for.

    A link to another lesson is a link to the same page, and there Streamlit 1.67 sends the new
    query to the server without showing it: a reload would lead back to where one came from.
    """
    st.query_params.from_dict(st.query_params.to_dict())
