"""At the top of a page: the link that was opened, what it changed, and the task one is at."""

import streamlit as st

from nnlab.ui.once import once
from nnlab.ui.plain import plain
from nnlab.ui.share.banner import task_banner
from nnlab.ui.share.before import forget, go_back, is_set_aside
from nnlab.ui.share.follow import dismiss_refusal, follow_link, refused_link
from nnlab.ui.state import State


def arrival(state: State) -> bool:
    """Follow the link in the address, then say what holds now; whether one was opened just now."""
    opened = follow_link(state)
    with st.container():  # always there, so that what stands below keeps its place
        _refused()
        task_banner(state)
        if state.assignment is None and is_set_aside(state):
            _opened(state)
    return opened


def _refused() -> None:
    problems = refused_link()
    if not problems:
        return
    with st.container(key="link-refused", gap="small"):
        listed = "\n".join(
            f"- **{plain(problem.field)}** {plain(problem.message)}" for problem in problems
        )
        st.error(
            f"The link was not opened; your experiment is as it was.\n{listed}",
            icon=":material/link_off:",
        )
        st.button(
            "Close", key="link-refused-close", icon=":material/close:", type="tertiary",
            on_click=dismiss_refusal,
        )  # fmt: skip


def _opened(state: State) -> None:
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", key="link-opened"
    ):
        st.markdown(":material/link: This experiment was set up by a link.", width="stretch")
        st.button(
            "Undo: back to my own experiment",
            key="link-undo",
            icon=":material/undo:",
            on_click=once(go_back),
            args=(state,),
        )
        st.button(
            "Keep it",
            key="link-keep",
            icon=":material/check:",
            type="tertiary",
            help="This is your experiment from now on. What you had before is forgotten.",
            on_click=once(forget),
            args=(state,),
        )
