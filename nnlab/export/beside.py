"""The files that a script reads from its own folder, as arrays."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from nnlab.datasets import arrays_of
from nnlab.datasets.drawn import read_drawn
from nnlab.experiment import Experiment
from nnlab.script import files_beside
from nnlab.script.data import DRAWINGS_FILE, data_file
from nnlab.script.weights import WEIGHTS_FILE

Arrays = Mapping[str, NDArray]


def arrays_beside(experiment: Experiment, start: Arrays | None) -> dict[str, Arrays]:
    """By the file's name, what is in it.

    Args:
        experiment: what the script trains.
        start: for an experiment that goes on from another run, that run's weights by their
            positions "0", "1" and so on, in the order of Keras's `get_weights`.

    Raises:
        DatasetError, InvalidExperiment: images or drawings are not on this computer (any more).
        ValueError: `start` is missing.
    """
    return {name: _arrays(name, experiment, start) for name in files_beside(experiment)}


def _arrays(name: str, experiment: Experiment, start: Arrays | None) -> Arrays:
    dataset = experiment.dataset
    if name == DRAWINGS_FILE and dataset.drawings is not None:
        drawn = read_drawn(dataset.drawings.id)
        return {"images": drawn.images, "labels": drawn.labels}
    if name == WEIGHTS_FILE:
        if start is None:
            raise ValueError("the weights to begin with are missing")
        return start
    assert name == data_file(dataset)
    whole = arrays_of(dataset)
    return {
        "images": np.concatenate([whole.x_train, whole.x_test]),
        "labels": np.concatenate([whole.y_train, whole.y_test]),
    }
