"""Every training that a visitor begins, on whatever page, begins here; but a sweep's trials.

Those go on while nobody looks, so what drives the sweep begins them; they are not on a wall.
"""

from typing import Any

import streamlit as st

from nnlab.experiment import Experiment, InvalidExperiment
from nnlab.rooms.room import RoomRefused
from nnlab.ui.plain import plain
from nnlab.ui.resources import engine, rooms


def start(experiment: Experiment, owner: str, until_step: int | None = None) -> str | None:
    """Queue a run; in a class room it goes on the wall. To be called from a callback.

    Args:
        experiment: what is trained.
        owner: who begins it.
        until_step: where it pauses by itself; None for not at all.

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
        until: Any = {} if until_step is None else {"until_step": until_step}
        run_id = engine().train(experiment, owner, **until)
    except InvalidExperiment as error:
        st.toast(plain(str(error)), icon=":material/error:", duration="long")
        return None
    rooms().record(run_id, owner, experiment)
    return run_id
