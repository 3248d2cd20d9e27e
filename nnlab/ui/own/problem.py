"""Whether a visitor may learn from the own points that the experiment names."""

from nnlab.experiment import OWN_POINTS
from nnlab.runs.own_data import NOT_YOURS
from nnlab.ui.resources import engine
from nnlab.ui.state import State

NONE_YET = "No points are chosen yet: paint some or upload a table, on the Data page."


def own_points_problem(state: State) -> str | None:
    """Why the experiment's own points cannot be shown or learned from, in a sentence; or None.

    To be asked before the points of an experiment are read: whoever has a link has their id.
    """
    dataset = state.experiment.dataset
    if dataset.name != OWN_POINTS:
        return None
    if dataset.own is None:
        return NONE_YET
    return None if engine().own_data.owns(state.owner, dataset.own.id) else NOT_YOURS
