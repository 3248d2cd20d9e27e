"""A new set of a visitor's own becomes the experiment's, or it is told why it does not."""

import logging

import streamlit as st
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from nnlab.datasets.own import OwnSet
from nnlab.datasets.own_images import OwnImageSet
from nnlab.experiment import OWN_IMAGES, OWN_POINTS
from nnlab.experiment.own_images import IMAGE_CLASSES, IMAGE_COUNTS, IMAGES_A_CLASS
from nnlab.experiment.own_points import OWN_CLASSES, OWN_COUNTS
from nnlab.runs.own_data import IMAGES, POINTS, NoRoom, TooManySets, free_title
from nnlab.ui.kinds import use_set
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.work.failures import disk_is_full

logger = logging.getLogger(__name__)
_TOLD = "nnlab_own_told"
_POINTS_ALLOWED = "A set has {} to {:,} points in {} to {} classes.".format(
    *OWN_COUNTS, *OWN_CLASSES
)
_IMAGES_ALLOWED = "A set has {} to {:,} images in {} to {} classes, each with {} at least.".format(
    *IMAGE_COUNTS, *IMAGE_CLASSES, IMAGES_A_CLASS
)


def keep_and_use(
    state: State, own: OwnSet | OwnImageSet, title: str, *, painted: bool = False
) -> None:
    """Keep the set and make it the experiment's."""
    st.session_state[_TOLD] = None
    sets, images = engine().own_data, isinstance(own, OwnImageSet)
    try:
        free = free_title(title, sets.of(state.owner, IMAGES if images else POINTS))
        kept = sets.add(state.owner, own, free, painted=painted)
    except (TooManySets, NoRoom) as error:
        st.session_state[_TOLD] = str(error)
    except ValidationError:
        st.session_state[_TOLD] = _IMAGES_ALLOWED if images else _POINTS_ALLOWED
    except (OSError, SQLAlchemyError) as error:
        logger.exception("own data were not kept")
        full = disk_is_full(error)
        why = "the disk of this server is full" if full else "this server could not write them"
        st.session_state[_TOLD] = f"The {'images' if images else 'points'} were not kept: {why}."
    else:
        use_set(state, OWN_IMAGES if images else OWN_POINTS, kept.wanted)


def tell(problem: str | None) -> None:
    """What is to be told at the next drawing."""
    st.session_state[_TOLD] = problem


def told() -> None:
    """Shows what went wrong the last time, if anything did."""
    problem = st.session_state.get(_TOLD)
    if problem:
        st.error(problem, icon=":material/error:")
