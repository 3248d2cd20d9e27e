"""What a run's network answers at every moment of its training that has its weights."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab import settings
from nnlab.runs.run import RunNotFound
from nnlab.runs.timeline import Place, Timeline
from nnlab.work.moments import network_at
from nnlab.work.tasks import worker_store


@dataclass(frozen=True)
class ThroughTime:
    """Answers moment by moment.

    Attributes:
        places: the moments whose weights are known, in order.
        probabilities: float32 (places, n, classes).
    """

    places: tuple[Place, ...]
    probabilities: NDArray[np.float32]


def through_time(run_id: str, images: NDArray[np.float32]) -> ThroughTime:
    """Answers to images (n, H, W) in [0, 1] at all moments with weights, the end included.

    Raises:
        RunNotFound: no such run, or none of its weights are known.
    """
    places = Timeline(worker_store(settings.database_url()).get(run_id)).places
    found = {}
    for place in places:
        try:
            with network_at(run_id, place.moment) as network:
                found[place] = network.probabilities(images)
        except RunNotFound:
            continue
    if not found:
        raise RunNotFound(run_id)
    return ThroughTime(tuple(found), np.stack(list(found.values())))
