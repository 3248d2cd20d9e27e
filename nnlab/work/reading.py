"""What a worker answers to a drawing: probabilities, how strange it is, and what it resembles.

The last two need an index of the run's training images in the network's own terms. It is made
once a run, in the background, and kept beside the run's files for all workers.
"""

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis import neighbours
from nnlab.datasets import DatasetError, Splits
from nnlab.runs.files import RunFiles
from nnlab.work.tasks import experiment_of, splits_of, trained_network
from nnlab.work.warm import ensure_warm

if TYPE_CHECKING:
    from nnlab.models.trained import TrainedNetwork

logger = logging.getLogger(__name__)

# Training images that are compared with, and images the network has not learned from that show
# how strange those are which it should accept.
KNOWN, HELD_OUT = 10_000, 2_000
# Of these, one in a hundred is refused. No margin on top: digits drawn on a canvas were refused
# at this limit in 2 % of cases (docs/drawing.md).
ACCEPTED = 0.99
SHOWN = 8
KEPT = 4
_VERSION = 1  # of the index's meaning: one of another version is made anew
_AT_ONCE = 100

Images = NDArray[np.float32]


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
        strangeness: float32 (n,), what no mixture of the nearest training images explains.
        limit: what is stranger is nothing that the network learned. As all that follows None
            while there is no index yet, or where the run's data set is missing on this machine.
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


@dataclass(frozen=True)
class _Index:
    positions: NDArray[np.int64]
    features: NDArray[np.float32]
    limit: float


def read(run_id: str, images: Images) -> Readings:
    """Answers to images (n, H, W) in [0, 1] of a complete run's network.

    Without an index only probabilities, at once; the index is then made in the background.

    Raises:
        RunNotFound: no such run, or it has no network.
    """
    ensure_warm()
    network = trained_network(run_id)
    features = network.features(images)
    probabilities = network.probabilities_of(features)
    index, splits = _index(run_id), _splits(run_id)
    if index is None or splits is None:
        return Readings(probabilities)
    rows, distances, strangeness = _compare(index, splits, images, features)
    positions = index.positions[rows[:, :SHOWN]]
    nearest = Nearest(
        positions, splits.y_train[positions], distances[:, :SHOWN], splits.x_train[positions]
    )
    return Readings(probabilities, strangeness, index.limit, nearest)


def prepare_reading(run_id: str) -> bool:
    """Whether the index is there; where it is not, it is begun in the background.

    Raises:
        RunNotFound: no such run, or it has no network.
    """
    ensure_warm()
    trained_network(run_id)
    return _index(run_id) is not None


# --- comparing ------------------------------------------------------------------------------


def _compare(
    index: _Index, splits: Splits, images: Images, features: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    """Rows of the index (n, k), their distances, and the images' strangeness (n,)."""
    starts = range(0, len(images), _AT_ONCE)
    parts = [
        _compare_some(index, splits, images[i : i + _AT_ONCE], features[i : i + _AT_ONCE])
        for i in starts
    ]
    rows, distances, strangeness = (np.concatenate(part) for part in zip(*parts, strict=True))
    return rows, distances, strangeness


def _compare_some(
    index: _Index, splits: Splits, images: Images, features: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    pixels = images[0].size
    asked = neighbours.directions(features)
    count = max(SHOWN, neighbours.mixed(pixels))
    rows, distances = neighbours.nearest(index.features, asked, count)
    mixed = index.positions[rows[:, : neighbours.mixed(pixels)]]
    likenesses = _scaled(splits, splits.x_train[mixed]).reshape(*mixed.shape, pixels)
    flat = images.reshape(len(images), pixels)
    return rows, distances, neighbours.strangeness(flat, likenesses)


def _scaled(splits: Splits, images: NDArray[np.uint8]) -> Images:
    return images.astype(np.float32) / np.float32(splits.info.scale)


# --- the index ------------------------------------------------------------------------------

_kept: OrderedDict[str, _Index] = OrderedDict()
_lock = threading.Lock()


def _index(run_id: str) -> _Index | None:
    """From memory or from the run's folder; else it is begun, unless somebody is at it."""
    with _lock:
        index = _kept.get(run_id) or _load(run_id)
        if index is not None:
            _keep(run_id, index)
        elif RunFiles(run_id).claim_index():
            threading.Thread(target=_make, args=(run_id,), daemon=True, name="index").start()
    return index


def _keep(run_id: str, index: _Index) -> None:
    _kept[run_id] = index
    _kept.move_to_end(run_id)
    while len(_kept) > KEPT:
        _kept.popitem(last=False)


def _load(run_id: str) -> _Index | None:
    """None where there is none, or none that can be used."""
    arrays = RunFiles(run_id).read_index()
    if arrays is None or int(arrays.get("version", 0)) != _VERSION:
        return None
    return _Index(arrays["positions"], arrays["features"], float(arrays["limit"]))


def _make(run_id: str) -> None:
    """The claim stays after a failure, so that it is not tried again at every stroke."""
    files = RunFiles(run_id)
    try:
        index = _build(trained_network(run_id), splits_of(experiment_of(run_id).dataset))
        files.write_index(
            {
                "version": np.array(_VERSION),
                "positions": index.positions,
                "features": index.features,
                "limit": np.array(index.limit),
            }
        )
        files.release_index()
    except DatasetError as error:
        logger.info("no index of run %s: %s", run_id, error)
    except Exception:
        logger.exception("the index of run %s could not be made", run_id)


def _build(network: "TrainedNetwork", splits: Splits) -> _Index:
    positions = neighbours.balanced_choice(splits.y_train, KNOWN)
    known = network.features(_scaled(splits, splits.x_train[positions]))
    index = _Index(positions, neighbours.directions(known), np.inf)
    validated = len(splits.x_validation) > 0
    unseen = splits.x_validation if validated else splits.x_test
    images = _scaled(splits, unseen[neighbours.some(len(unseen), HELD_OUT)])
    _, _, strangeness = _compare(index, splits, images, network.features(images))
    return _Index(positions, index.features, float(np.quantile(strangeness, ACCEPTED)))


def _splits(run_id: str) -> Splits | None:
    """The run's images; None where they are missing on this machine."""
    try:
        return splits_of(experiment_of(run_id).dataset)
    except (DatasetError, OSError):
        return None
