"""What a run's network made of one image at each of its recorded moments."""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from cachetools import LRUCache, cached
from numpy.typing import NDArray

from nnlab.runs.moments import Moments
from nnlab.work.tasks import experiment_of
from nnlab.work.warm import ensure_warm

if TYPE_CHECKING:
    from nnlab.models.trained import TrainedNetwork

# Networks whose weights change with each moment: not those that `tasks.trained_network` keeps.
KEPT_NETWORKS = 2

_one_at_a_time = threading.Lock()


def image_over_time(
    run_id: str, image: NDArray[np.float32], steps: Sequence[int]
) -> NDArray[np.float32]:
    """Probabilities (steps, classes) for an image (H, W) in [0, 1] at recorded moments.

    NaN in the row of a moment that is not there, or whose weights were not kept.

    Raises:
        RunNotFound: no such run.
    """
    ensure_warm()
    moments = Moments(run_id)
    with _one_at_a_time:  # the weights of one network are written over again and again
        network = _network(run_id)
        return np.stack([_answer(network, moments, step, image) for step in steps])


def _answer(
    network: "TrainedNetwork", moments: Moments, step: int, image: NDArray[np.float32]
) -> NDArray[np.float32]:
    from nnlab.models.state import write_weights

    try:
        weights = moments.read(step).weights
    except FileNotFoundError:
        weights = None
    if weights is None:
        return np.full(network.model.output_shape[-1], np.nan, np.float32)
    write_weights(network.model, dict(weights))
    return network.probabilities(image[np.newaxis])[0]


@cached(LRUCache(KEPT_NETWORKS))
def _network(run_id: str) -> "TrainedNetwork":
    """The run's layers, with whatever weights were written last; for one thread at a time."""
    from nnlab.datasets import info_of
    from nnlab.models.build import build_model
    from nnlab.models.trained import TrainedNetwork

    experiment = experiment_of(run_id)
    dataset = info_of(experiment.dataset)
    return TrainedNetwork(build_model(experiment, dataset.input_shape, len(dataset.classes)))
