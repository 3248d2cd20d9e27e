"""Draws a page again by itself, once there is a worker to answer what it asked."""

import streamlit as st

from nnlab.ui.resources import engine

LOOK_EVERY_SECONDS = 1.0


def draw_again_when_ready(key: str | None = None) -> None:
    """To be called beside the words that say what is waited for.

    Args:
        key: unique on the page, where it can wait in more than one place.
    """
    st.fragment(_look, run_every=LOOK_EVERY_SECONDS, key=key)()


def _look() -> None:
    if engine().status.phase == "ready":
        st.rerun()
