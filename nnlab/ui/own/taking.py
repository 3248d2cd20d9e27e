"""A new set of own points becomes the experiment's, or it is told why it does not."""

import logging

import streamlit as st
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from nnlab.datasets.own import OwnSet
from nnlab.experiment import OWN_POINTS
from nnlab.experiment.own_points import OWN_CLASSES, OWN_COUNTS
from nnlab.runs.own_data import TooManySets, free_title
from nnlab.ui.kinds import use_set
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.work.failures import disk_is_full

logger = logging.getLogger(__name__)
_TOLD = "nnlab_own_told"
_ALLOWED = "{} to {:,} points in {} to {} classes".format(*OWN_COUNTS, *OWN_CLASSES)


def keep_and_use(state: State, own: OwnSet, title: str, *, painted: bool) -> None:
    """Keep the set and make it the experiment's."""
    st.session_state[_TOLD] = None
    sets = engine().own_data
    try:
        kept = sets.add(state.owner, own, free_title(title, sets.of(state.owner)), painted=painted)
    except TooManySets as error:
        st.session_state[_TOLD] = str(error)
    except ValidationError:
        st.session_state[_TOLD] = f"A set has {_ALLOWED}."
    except (OSError, SQLAlchemyError) as error:
        logger.exception("own points were not kept")
        full = disk_is_full(error)
        why = "the disk of this server is full" if full else "this server could not write them"
        st.session_state[_TOLD] = f"The points were not kept: {why}."
    else:
        use_set(state, OWN_POINTS, kept.points)


def tell(problem: str | None) -> None:
    """What is to be told at the next drawing."""
    st.session_state[_TOLD] = problem


def told() -> None:
    """Shows what went wrong the last time, if anything did."""
    problem = st.session_state.get(_TOLD)
    if problem:
        st.error(problem, icon=":material/error:")
