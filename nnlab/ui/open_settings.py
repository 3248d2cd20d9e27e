"""Choosing which settings of a task remain the student's."""

import streamlit as st

from nnlab.experiment import Experiment
from nnlab.ui.share.names import open_choices

_ALL, _SOME, _NONE = "all", "some", "none"
_WORDS = {
    _ALL: "All settings",
    _SOME: "Only some",
    _NONE: "None: they only press Train",
}


def choose_open_settings(experiment: Experiment, key: str) -> tuple[str, ...] | None:
    """All, some chosen by name, or none; None for all, as `Assignment.open` has it.

    Args:
        experiment: what is handed out.
        key: unique on the page.
    """
    chosen = st.radio(
        "What students may change",
        tuple(_WORDS),
        format_func=_WORDS.__getitem__,
        key=f"{key}-extent",
        horizontal=True,
    )
    if chosen == _ALL:
        return None
    if chosen == _NONE:
        return ()
    choices = open_choices(experiment)
    named = st.multiselect(
        "Settings that are theirs",
        tuple(choices),
        default=["Learning rate"],
        key=f"{key}-settings",
        placeholder="Choose",
    )
    return tuple(path for label in named for path in choices[label])
