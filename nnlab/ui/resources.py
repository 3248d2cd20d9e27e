"""What all visitors of this process share."""

import streamlit as st

from nnlab.logs import set_up as set_up_logs
from nnlab.rooms.rooms import Rooms
from nnlab.runs.assignments import Assignments
from nnlab.runs.shares import Shares
from nnlab.work.engine import Engine

# The first page is drawn in this time; then loading TensorFlow takes all processors.
HEAD_START_SECONDS = 2.5
_started: list[Engine] = []


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    """The engine, its workers starting in the background from the first visit on."""
    set_up_logs()  # once more: by now all of Streamlit is loaded
    started = Engine().start(after=HEAD_START_SECONDS)
    _started.append(started)
    return started


@st.cache_resource(show_spinner=False)
def rooms() -> Rooms:
    """Class rooms, whose walls are read once for all who look."""
    return Rooms(engine().store)


def assignments() -> Assignments:
    """The tasks that teachers have made."""
    return Assignments(engine().store.engine)


def shares() -> Shares:
    """Who may look at whose runs, by a link."""
    return Shares(engine().store)


def close_engine() -> None:
    """End the workers in good order, where they were started; their runs can be resumed."""
    while _started:
        _started.pop().close()
