"""Missions for points in the plane: tasks whose solution is found in the runs. No Streamlit."""

from nnlab.missions import (
    blobs,
    circle,
    imbalance,
    learning_rate,
    linear,
    more_units,
    overfitting,
    spiral,
    vanishing,
    xor,
)
from nnlab.missions.default import PLAYGROUND
from nnlab.missions.facts import RunFacts
from nnlab.missions.mission import Evidence, Mission, Verdict

_IN_ORDER = (
    blobs.MISSION,
    xor.MISSION,
    circle.MISSION,
    linear.MISSION,
    spiral.MISSION,
    learning_rate.MISSION,
    vanishing.MISSION,
    overfitting.MISSION,
    more_units.MISSION,
    imbalance.MISSION,
)

MISSIONS: dict[str, Mission] = {mission.name: mission for mission in _IN_ORDER}

__all__ = ["MISSIONS", "PLAYGROUND", "Evidence", "Mission", "RunFacts", "Verdict"]
