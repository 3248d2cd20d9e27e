"""Whether a visitor may learn from the own data that the experiment names."""

from nnlab.experiment import OWN_IMAGES, OWN_POINTS
from nnlab.ui.resources import engine
from nnlab.ui.state import State

NONE_YET = "No points are chosen yet: paint some or upload a table, on the Data page."
NO_IMAGES_YET = "No images are chosen yet: upload some on the Data page."


def own_data_problem(state: State) -> str | None:
    """Why the experiment's own points or images cannot be shown or learned from; or None.

    To be asked before they are read: whoever has a link has their id.
    """
    dataset = state.experiment.dataset
    if dataset.name == OWN_POINTS and dataset.own is None:
        return NONE_YET
    if dataset.name == OWN_IMAGES and dataset.own_images is None:
        return NO_IMAGES_YET
    if dataset.own is None and dataset.own_images is None:
        return None
    return engine().own_data.denied(state.owner, dataset)
