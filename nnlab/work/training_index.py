"""A run's training images in its network's own terms: to what a drawing is compared.

The index is made once a run, in the background, and kept beside the run's files for all workers. It
holds the images themselves: to load a whole data set, or to make its changed copies anew, takes
seconds, which a drawing must not wait for after a restart.
"""

import hashlib
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from nnlab.analysis import neighbours
from nnlab.datasets import DatasetError, Splits
from nnlab.runs.files import RunFiles
from nnlab.work.tasks import experiment_of, splits_of, trained_network

if TYPE_CHECKING:
    from nnlab.models.trained import TrainedNetwork

logger = logging.getLogger(__name__)

# Training images that are compared with, and images the network has not learned from, which show
# how strange those are that it should accept.
KNOWN, HELD_OUT = 10_000, 2_000
# Of these, one in a hundred is refused. No margin on top: of digits drawn with a pen, 1 to 2 %
# are refused at this limit (docs/drawing.md).
ACCEPTED = 0.99
# Neighbours are found even where fewer are mixed into a likeness.
FEWEST = 8
# Indexes that a worker keeps: 5 MB for a network whose last hidden layer has 128 units.
KEPT_BYTES = 200_000_000
_VERSION = 2  # of the index's meaning: one of another version is made anew
_AT_ONCE = 100

Images = NDArray[np.float32]


@dataclass(frozen=True)
class Index:
    """The training images that are compared with.

    Attributes:
        positions: int64 (m,), where they are among all training images.
        images, labels: uint8 (m, H, W) and int64 (m,).
        features: float32 (m, d), of length 1.
        scale: what the images' values are divided by.
        limit: the strangeness up to which an image is accepted.
    """

    positions: NDArray[np.int64]
    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    features: NDArray[np.float32]
    scale: float
    limit: float


_kept: "LRUCache[str, Index]" = LRUCache(KEPT_BYTES, getsizeof=lambda index: index.features.nbytes)
# The same training images serve the indexes of many runs.
_images: "WeakValueDictionary[bytes, NDArray[np.uint8]]" = WeakValueDictionary()
_lock = threading.Lock()
# One after the other, and always in the same thread: what a thread has used and freed stays with
# it, and a class of thirty asks for thirty at once.
_maker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="index")


def index_of(run_id: str) -> Index | None:
    """From memory or from the run's folder; else it is begun, unless somebody is at it."""
    with _lock:
        index = _kept.get(run_id) or _load(run_id)
        if index is not None:
            _kept[run_id] = index
        elif RunFiles(run_id).claim_index():
            _maker.submit(_make, run_id)
    return index


def _load(run_id: str) -> Index | None:
    """None where there is none, or none that can be used."""
    arrays = RunFiles(run_id).read_index()
    if arrays is None or int(arrays.get("version", 0)) != _VERSION:
        return None
    positions, images, labels, features, scale, limit = (
        arrays[field.name] for field in fields(Index)
    )
    return Index(positions, _shared(images), labels, features, float(scale), float(limit))


def _shared(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The same array for the same pixels."""
    return _images.setdefault(hashlib.blake2b(images.data).digest(), images)


def _make(run_id: str) -> None:
    """The claim stays after a failure, so that it is not tried again at every stroke."""
    try:
        index = _build(trained_network(run_id), splits_of(experiment_of(run_id).dataset))
        with _lock:
            _kept[run_id] = index
        _save(run_id, index)
    except DatasetError as error:
        logger.info("no index of run %s: %s", run_id, error)
    except Exception:
        logger.exception("the index of run %s could not be made or saved", run_id)


def _save(run_id: str, index: Index) -> None:
    files = RunFiles(run_id)
    kept = {field.name: np.asarray(getattr(index, field.name)) for field in fields(index)}
    files.write_index({**kept, "version": np.array(_VERSION)})
    files.release_index()


def _build(network: "TrainedNetwork", splits: Splits) -> Index:
    positions, scale = neighbours.balanced_choice(splits.y_train, KNOWN), splits.info.scale
    images = _shared(splits.x_train[positions])
    features = neighbours.directions(network.features(_scaled(images, scale)))
    index = Index(positions, images, splits.y_train[positions], features, scale, np.inf)
    validated = len(splits.x_validation) > 0
    unseen = splits.x_validation if validated else splits.x_test
    held_out = _scaled(unseen[neighbours.some(len(unseen), HELD_OUT)], scale)
    _, _, strangeness = compare(index, held_out, network.features(held_out))
    return replace(index, limit=float(np.quantile(strangeness, ACCEPTED)))


def compare(
    index: Index, images: Images, features: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    """Rows of the index (n, k), their distances, and the images' strangeness (n,)."""
    starts = range(0, max(1, len(images)), _AT_ONCE)  # also for no image: arrays of their shapes
    parts = [
        _compare_some(index, images[i : i + _AT_ONCE], features[i : i + _AT_ONCE]) for i in starts
    ]
    rows, distances, strangeness = (np.concatenate(part) for part in zip(*parts, strict=True))
    return rows, distances, strangeness


def _compare_some(
    index: Index, images: Images, features: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    pixels = images.shape[1] * images.shape[2]
    asked = neighbours.directions(features)
    count = max(FEWEST, neighbours.mixed(pixels))
    rows, distances = neighbours.nearest(index.features, asked, count)
    mixed = rows[:, : neighbours.mixed(pixels)]
    likenesses = _scaled(index.images[mixed], index.scale).reshape(*mixed.shape, pixels)
    flat = images.reshape(len(images), pixels)
    residuals = neighbours.residual(flat, likenesses)
    return rows, distances, neighbours.strangeness(residuals, distances[:, 0])


def _scaled(images: NDArray[np.uint8], scale: float) -> Images:
    return images.astype(np.float32) / np.float32(scale)
