"""Links to a room: for the class, and for its teachers."""

import streamlit as st


def room_link(code: str) -> str:
    """The link by which a class joins, as this visitor's browser would write it."""
    return f"{_page()}?room={code}"


def teacher_link(token: str) -> str:
    """The link that makes whoever opens it a teacher of the room."""
    return f"{_page()}?teacher={token}"


def share_link(url: str) -> None:
    """Show a link so that it can be copied."""
    st.code(url, language=None, wrap_lines=True)


def _page() -> str:
    return (st.context.url or "").split("?")[0]
