"""Every training that a visitor begins, on whatever page, begins here."""

import streamlit as st

from nnlab.experiment import Experiment, InvalidExperiment
from nnlab.rooms.room import RoomRefused
from nnlab.ui.plain import plain
from nnlab.ui.resources import engine, rooms


def start(experiment: Experiment, owner: str) -> str | None:
    """Queue a run; in a class room it goes on the wall. To be called from a callback.

    Returns:
        The run's id; None where the room is frozen, which the visitor is then told.

    Raises:
        What `Engine.train` raises.
    """
    try:
        rooms().check_start(owner)
    except RoomRefused as error:
        st.toast(str(error), icon=":material/ac_unit:", duration="long")
        return None
    try:
        run_id = engine().train(experiment, owner)
    except InvalidExperiment as error:
        st.toast(plain(str(error)), icon=":material/error:", duration="long")
        return None
    rooms().record(run_id, owner, experiment)
    return run_id
