"""The experiment that a link took the place of, kept so that one can go back to it."""

import streamlit as st

from nnlab.experiment import Experiment, InvalidExperiment, parse_experiment
from nnlab.ui.defaults import on_images_at_hand
from nnlab.ui.resources import engine
from nnlab.ui.state import State

_DRAFT = "before-link"
_KEY = "nnlab_before_link"


def set_aside(state: State, linked: Experiment) -> None:
    """Keep what the visitor has, before a link's experiment replaces it.

    Where that is still another link's as it came, one's own of before that is kept. What every
    newcomer finds is nobody's own.
    """
    if state.experiment == on_images_at_hand(Experiment()):
        return
    untouched = is_set_aside(state) and state.experiment == _kept(state.owner, "linked")
    own = _kept(state.owner, "own") if untouched else state.experiment
    value = {
        "own": (own or state.experiment).model_dump(mode="json"),
        "linked": linked.model_dump(mode="json"),
    }
    engine().drafts.put(state.owner, _DRAFT, value)
    st.session_state[_KEY] = True


def is_set_aside(state: State) -> bool:
    """Whether there is something to go back to; the store is asked once a session."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _kept(state.owner, "own") is not None
    return st.session_state[_KEY]


def go_back(state: State) -> None:
    """Open one's own experiment again."""
    own = _kept(state.owner, "own")
    if own is not None and state.replace(own):
        forget(state)


def forget(state: State) -> None:
    """The link's experiment is one's own now."""
    engine().drafts.drop(state.owner, _DRAFT)
    st.session_state[_KEY] = False


def _kept(owner: str, which: str) -> Experiment | None:
    kept = engine().drafts.get(owner, _DRAFT)
    try:
        return parse_experiment(kept[which]) if kept else None
    except (InvalidExperiment, KeyError, TypeError):
        return None  # written by another version
