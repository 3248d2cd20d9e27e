"""The experiment that a link took the place of, kept so that one can go back to it."""

import streamlit as st

from nnlab.experiment import Experiment, InvalidExperiment, parse_experiment
from nnlab.ui.resources import engine
from nnlab.ui.state import State

_DRAFT = "before-link"
_KEY = "nnlab_before_link"


def set_aside(state: State, linked: Experiment) -> None:
    """Keep what the visitor has, before a link's experiment replaces it.

    Where that is still another link's as it came, one's own of before that is kept. What every
    newcomer finds is nobody's own.
    """
    if state.experiment == state.first():
        return
    untouched = is_set_aside(state) and state.experiment == _kept(state, "linked")
    own = _kept(state, "own") if untouched else state.experiment
    value = {
        "own": (own or state.experiment).model_dump(mode="json"),
        "linked": linked.model_dump(mode="json"),
    }
    engine().drafts.put(state.owner, _name(_DRAFT, state), value)
    st.session_state[_name(_KEY, state)] = True


def is_set_aside(state: State) -> bool:
    """Whether there is something to go back to; the store is asked once a session."""
    if _name(_KEY, state) not in st.session_state:
        st.session_state[_name(_KEY, state)] = _kept(state, "own") is not None
    return st.session_state[_name(_KEY, state)]


def go_back(state: State) -> None:
    """Open one's own experiment again."""
    own = _kept(state, "own")
    if own is not None and state.replace(own):
        forget(state)


def forget(state: State) -> None:
    """The link's experiment is one's own now."""
    engine().drafts.drop(state.owner, _name(_DRAFT, state))
    st.session_state[_name(_KEY, state)] = False


def _name(what: str, state: State) -> str:
    """Each of a visitor's experiments has a past of its own."""
    return what if state.draft == "experiment" else f"{what}:{state.draft}"


def _kept(state: State, which: str) -> Experiment | None:
    kept = engine().drafts.get(state.owner, _name(_DRAFT, state))
    try:
        return parse_experiment(kept[which]) if kept else None
    except (InvalidExperiment, KeyError, TypeError):
        return None  # written by another version
