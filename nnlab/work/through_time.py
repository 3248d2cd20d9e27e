"""What a run's network answers at every moment of its training that has its weights."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from cachetools import LRUCache, cached
from numpy.typing import NDArray

from nnlab import settings
from nnlab.runs.files import RunFiles
from nnlab.runs.moments import Moments
from nnlab.runs.run import RunNotFound
from nnlab.runs.timeline import Place, Timeline
from nnlab.work.tasks import experiment_of, worker_store
from nnlab.work.warm import ensure_warm

# Networks whose weights are written anew at each question.
KEPT_BYTES = 100_000_000
_BYTES_A_NETWORK = 6_000_000


@dataclass(frozen=True)
class ThroughTime:
    """Answers moment by moment.

    Attributes:
        places: the moments whose weights are known, in order.
        probabilities: float32 (places, n, classes).
    """

    places: tuple[Place, ...]
    probabilities: NDArray[np.float32]


class _Rewritten:
    """A network for one question at a time: each writes other weights into it."""

    def __init__(self, run_id: str) -> None:
        from nnlab.datasets import info_of
        from nnlab.models.build import build_model
        from nnlab.models.trained import TrainedNetwork

        experiment = experiment_of(run_id)
        dataset = info_of(experiment.dataset)
        model = build_model(experiment, dataset.input_shape, len(dataset.classes))
        self.network = TrainedNetwork(model)
        self.size = _BYTES_A_NETWORK + 4 * int(model.count_params())
        self.lock = threading.Lock()

    def answer(
        self, weights: Mapping[str, NDArray], images: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Probabilities (n, classes) of the network with these weights; hold the lock."""
        from nnlab.models.state import write_weights

        write_weights(self.network.model, dict(weights))
        return self.network.probabilities(images)


@cached(LRUCache(KEPT_BYTES, getsizeof=lambda kept: kept.size), lock=threading.Lock())
def _rewritten(run_id: str) -> _Rewritten:
    return _Rewritten(run_id)


def through_time(run_id: str, images: NDArray[np.float32]) -> ThroughTime:
    """Answers to images (n, H, W) in [0, 1] at all moments with weights, the end included.

    Raises:
        RunNotFound: no such run, or none of its weights are known.
    """
    ensure_warm()
    places = Timeline(worker_store(settings.database_url()).get(run_id)).places
    kept, found = _rewritten(run_id), {}
    with kept.lock:
        for place in places:
            weights = _weights(run_id, place)
            if weights is not None:
                found[place] = kept.answer(weights, images)
    if not found:
        raise RunNotFound(run_id)
    return ThroughTime(tuple(found), np.stack(list(found.values())))


def _weights(run_id: str, place: Place) -> Mapping[str, NDArray] | None:
    try:
        kept = RunFiles(run_id)
        return kept.read_weights() if place.end else Moments(run_id).read(place.step).weights
    except FileNotFoundError:
        return None
