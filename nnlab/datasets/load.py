"""From the name of a set, or an Experiment's `dataset`, to its images."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.datasets import sources
from nnlab.datasets.arrays import Arrays, Labels
from nnlab.datasets.augmentation import augment
from nnlab.datasets.catalog import DatasetInfo, info_of
from nnlab.datasets.drawn import with_drawn
from nnlab.datasets.own import own_arrays
from nnlab.datasets.own_images import own_image_arrays
from nnlab.datasets.parsed import open_parsed, parsed_folder, write_parsed
from nnlab.datasets.plane import make_points, make_targets, plane_features
from nnlab.datasets.split import Indices, sizes, split_indices
from nnlab.experiment import OWN_IMAGES, OWN_POINTS, Dataset, Points


@dataclass(frozen=True, eq=False)
class Splits:
    """The parts that an Experiment asks for, with labels int64 (n,) or targets float32 (n,).

    Images are uint8 (n, height, width), features of points float32 (n, features). With
    augmentation, the training part ends with the changed copies of its images. Validation is
    empty without validation, and the test part where that serves for it. Arrays may be read-only.
    """

    info: DatasetInfo
    x_train: NDArray[Any]
    y_train: Labels
    x_validation: NDArray[Any]
    y_validation: Labels
    x_test: NDArray[Any]
    y_test: Labels


def arrays_of(dataset: Dataset) -> Arrays:
    """The whole set that `dataset` is drawn from: images as stored, or points as they are made.

    Raises:
        UnknownDataset, DatasetUnavailable, DatasetCorrupt: see `load_arrays`.
        InvalidExperiment: own points or images, of which none are chosen or the file has others.
    """
    described = info_of(dataset)
    if dataset.name == OWN_IMAGES:
        return own_image_arrays(dataset)
    if described.has_images:
        return load_arrays(dataset.name)
    if dataset.name == OWN_POINTS:
        return own_arrays(dataset)
    wanted = dataset.points or Points()
    if described.regression:
        points, targets = make_targets(dataset.name, wanted.count, wanted.noise, wanted.seed)
        return Arrays(points, targets, points[:0], targets[:0])
    points, labels = make_points(
        dataset.name,
        count=wanted.count,
        noise=wanted.noise,
        balance=wanted.balance,
        classes=len(described.classes),
        seed=wanted.seed,
    )
    return Arrays(points, labels, points[:0], labels[:0])


def load_arrays(name: str) -> Arrays:
    """All images of the set `name`, read-only, in the order of its files.

    Milliseconds the second time.

    Raises:
        UnknownDataset: no such set.
        DatasetUnavailable: it is not on this computer; says how to get it.
        DatasetCorrupt: a file of it is damaged; names it and what to do.
    """
    source = sources.require(name)
    folder = parsed_folder(source)
    kept = open_parsed(folder, name)
    if kept is not None:
        return kept
    arrays = sources.read(source)
    with suppress(OSError):  # a full disk costs time at the next load, not the load itself
        write_parsed(folder, name, arrays)
    return open_parsed(folder, name) or arrays


def load_splits(dataset: Dataset) -> Splits:
    """The parts of a set as `dataset` divides it, changed copies of the training images included.

    Points come as the features that `dataset` asks for. To make a copy of 60,000 images takes
    some seconds.

    Raises:
        UnknownDataset, DatasetUnavailable, DatasetCorrupt: see `load_arrays`.
        InvalidExperiment: a size that leaves a part too small, or changes that do not suit the set.
    """
    made = dataset.points is not None or not info_of(dataset).has_images
    if dataset.augmentation is not None or made:
        sizes(dataset)  # refuses what does not suit the set
    arrays = arrays_of(dataset)
    indices = split_indices(arrays.y_train, arrays.y_test, dataset)
    parts = (indices.train, indices.validation, indices.test)
    x_train, x_validation, x_test = (_take(arrays.x_train, arrays.x_test, part) for part in parts)
    y_train, y_validation, y_test = (_take(arrays.y_train, arrays.y_test, part) for part in parts)
    described = info_of(dataset)
    if not described.has_images:
        names = (dataset.points or Points()).features
        x_train, x_validation, x_test = (
            plane_features(points, names) for points in (x_train, x_validation, x_test)
        )
    if dataset.augmentation is not None:
        changes = dataset.augmentation.model_dump()
        scale, seed = described.scale, dataset.split_seed
        x_train, y_train = augment(x_train, y_train, scale=scale, seed=seed, **changes)
    if dataset.drawings is not None:
        x_train, y_train = with_drawn(x_train, y_train, dataset.drawings)
    return Splits(described, x_train, y_train, x_validation, y_validation, x_test, y_test)


def _take(train: NDArray[Any], test: NDArray[Any], indices: Indices) -> NDArray[Any]:
    """Rows of `train` followed by `test`; without a copy where a whole array is meant."""
    n = len(train)
    if np.array_equal(indices, np.arange(n)):
        return train
    if np.array_equal(indices, np.arange(n, n + len(test))):
        return test
    own_test = indices >= n
    rows = np.empty((len(indices), *train.shape[1:]), train.dtype)
    rows[~own_test] = train[indices[~own_test]]
    rows[own_test] = test[indices[own_test] - n]
    return rows
