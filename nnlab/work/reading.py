"""What a worker answers to a drawing: probabilities, how strange it is, and what it resembles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.work.tasks import trained_network
from nnlab.work.training_index import compare, index_of
from nnlab.work.warm import ensure_warm

SHOWN = 8


@dataclass(frozen=True)
class Nearest:
    """The training images nearest to each of n images, nearest first; k is at most `SHOWN`.

    Attributes:
        positions: int64 (n, k), among the run's training images.
        labels: int64 (n, k).
        distances: float32 (n, k), from 0 (alike to the network) to 2.
        images: uint8 (n, k, H, W), on the data set's own scale.
    """

    positions: NDArray[np.int64]
    labels: NDArray[np.int64]
    distances: NDArray[np.float32]
    images: NDArray[np.uint8]


@dataclass(frozen=True)
class Readings:
    """Answers to n images.

    Attributes:
        probabilities: float32 (n, classes).
        strangeness: float32 (n,), see `nnlab.analysis.neighbours.strangeness`.
        limit: what is stranger is nothing that the network learned. As all that follows None
            while there is no index, for which the run's data set is needed once.
        nearest: the nearest training images.
    """

    probabilities: NDArray[np.float32]
    strangeness: NDArray[np.float32] | None = None
    limit: float | None = None
    nearest: Nearest | None = None

    @property
    def strange(self) -> NDArray[np.bool_] | None:
        """Which of the images are beyond the limit; None where that is not known."""
        if self.strangeness is None or self.limit is None:
            return None
        return self.strangeness > self.limit


def read(run_id: str, images: NDArray[np.float32]) -> Readings:
    """Answers to images (n, H, W) in [0, 1] of a complete run's network.

    Without an index only probabilities, at once; the index is then made in the background.

    Raises:
        RunNotFound: no such run, or it has no network.
    """
    ensure_warm()
    network = trained_network(run_id)
    features = network.features(images)
    probabilities = network.probabilities_of(features)
    index = index_of(run_id)
    if index is None:
        return Readings(probabilities)
    rows, distances, strangeness = compare(index, images, features)
    shown = rows[:, :SHOWN]
    nearest = Nearest(
        index.positions[shown], index.labels[shown], distances[:, :SHOWN], index.images[shown]
    )
    return Readings(probabilities, strangeness, index.limit, nearest)


def prepare_reading(run_id: str) -> bool:
    """Whether the index is there; where it is not, it is begun in the background.

    Raises:
        RunNotFound: no such run, or it has no network.
    """
    ensure_warm()
    trained_network(run_id)
    return index_of(run_id) is not None
