"""What an experiment begins with that is not for everybody: other runs, drawings, own data."""

from numpy.typing import NDArray

from nnlab.datasets import DatasetUnavailable
from nnlab.datasets.drawn import read_drawn
from nnlab.datasets.own import own_set
from nnlab.datasets.own_images import own_image_set
from nnlab.experiment import Experiment
from nnlab.runs.files import RunFiles
from nnlab.runs.own_data import OwnData
from nnlab.runs.run import RunNotFound
from nnlab.runs.store import RunStore


class StartNotFound(LookupError):
    """The run whose weights are to be gone on from has none that may be used here."""

    def __init__(self, run_id: str, why: str = "It may have been deleted.") -> None:
        super().__init__(
            f"This run is to go on from the network of run {run_id!r}, which cannot be used. {why}"
        )


def check_lineage(experiment: Experiment, owner: str, store: RunStore) -> None:
    """Whether `owner` may begin with what the experiment names, and it is there.

    Raises:
        StartNotFound: the run to go on from may not be used by the owner, is gone, or has no
            network.
        DatasetError: the drawings are not kept here, or own points or images are not, or are not
            the owner's.
        InvalidExperiment: the points or images are others than it says.
    """
    if experiment.training.start_from is not None:
        start_weights(experiment, owner, store)
    if experiment.dataset.drawings is not None:
        read_drawn(experiment.dataset.drawings.id)
    dataset = experiment.dataset
    if dataset.own is None and dataset.own_images is None:
        return
    denied = OwnData(store.engine).denied(owner, dataset)
    if denied is not None:
        raise DatasetUnavailable(denied)
    (own_set if dataset.own is not None else own_image_set)(dataset)


def start_weights(experiment: Experiment, owner: str, store: RunStore) -> dict[str, NDArray] | None:
    """The weights that the experiment goes on from; None where the seed draws them.

    Raises:
        StartNotFound: as above.
    """
    run_id = experiment.training.start_from
    if run_id is None:
        return None
    try:
        found = store.readable(run_id, owner)
    except RunNotFound:
        raise StartNotFound(run_id) from None
    if (found.experiment.layers, found.experiment.output) != (experiment.layers, experiment.output):
        raise StartNotFound(run_id, "Its network has other layers.")
    weights = RunFiles(run_id).read_weights() if found.complete else None
    if weights is None:
        raise StartNotFound(run_id, "It has no network (any more).")
    return weights
