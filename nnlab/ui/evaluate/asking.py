"""Asking a worker from a dialog: the answer, or words and a button to ask again."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from nnlab.runs.run import RunNotFound
from nnlab.ui.evaluate.closer import Closer
from nnlab.work.short_tasks import WorkersNotReady

logger = logging.getLogger(__name__)

T = TypeVar("T")


def asked(shown: Closer, question: Any, ask: Callable[[], T], gone: str) -> T | None:
    """What `ask` returns; nothing is asked twice. None, and words, where there is no answer.

    Args:
        shown: keeps the answer.
        question: the answer's key.
        ask: asks a worker.
        gone: what is said where there is no such network.
    """
    if question in shown.kept:
        return shown.kept[question]
    try:
        with st.spinner("A worker is asked…"):
            found = shown.kept[question] = ask()
    except WorkersNotReady as error:
        again(shown, str(error))
        return None
    except RunNotFound:
        st.caption(f":material/block: {gone}")
        return None
    except Exception as error:  # whatever befell a worker, the rest of the dialog stands
        logger.exception("a question about a test image was not answered")
        again(shown, f"The network could not answer ({type(error).__name__}).")
        return None
    return found


def again(shown: Closer, words: str) -> None:
    """Why there is no answer yet, and a button: pressing it draws the dialog anew."""
    st.caption(f":material/hourglass_top: {words}")
    st.button("Ask again", icon=":material/refresh:", key=shown.key("again"))
