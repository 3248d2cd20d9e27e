"""Visitors' own images: all of one size, grey, each set in a file named by its content."""

import functools
import hashlib
import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.datasets.arrays import Arrays, Labels
from nnlab.datasets.errors import DatasetCorrupt
from nnlab.datasets.own_files import own_path, read_own_file, write_own_file
from nnlab.experiment import Dataset, InvalidExperiment, OwnImages, Problem

_FIELD = "dataset.own_images"
_REMEDY = "Choose other images on the Data page, or upload them again."
KEPT_SETS = 3


@dataclass(frozen=True, eq=False)
class OwnImageSet:
    """Images uint8 (n, side, side), and their classes, int64 (n,).

    Attributes:
        n_test: how many of them, the last ones, the set itself keeps for testing.
    """

    images: NDArray[np.uint8]
    labels: Labels
    classes: tuple[str, ...]
    n_test: int = 0

    @functools.cached_property
    def id(self) -> str:
        """SHA-256 of images, labels, classes and how many are for testing."""
        parts = (
            _head(self).encode(),
            np.ascontiguousarray(self.images, np.uint8).tobytes(),
            np.ascontiguousarray(self.labels, "<i8").tobytes(),
        )
        return hashlib.sha256(b"\n".join(parts)).hexdigest()

    @property
    def n_train(self) -> int:
        """How many there are to learn from."""
        return len(self.labels) - self.n_test

    @property
    def wanted(self) -> OwnImages:
        """How an experiment asks for this set.

        Raises:
            ValidationError: it has too few or too many images or classes.
        """
        sizes = np.bincount(self.labels[: self.n_train], minlength=len(self.classes))
        return OwnImages(
            id=self.id,
            count=self.n_train,
            smallest=int(sizes.min()),
            side=self.images.shape[1],
            test=self.n_test,
            classes=self.classes,
        )


def own_image_arrays(dataset: Dataset) -> Arrays:
    """The images that `dataset` asks for, read-only.

    Raises:
        DatasetUnavailable, DatasetCorrupt: see `read_own_images`.
        InvalidExperiment: it names none, or there are others in the file.
    """
    found = own_image_set(dataset)
    n = found.n_train
    return Arrays(found.images[:n], found.labels[:n], found.images[n:], found.labels[n:])


def own_image_set(dataset: Dataset) -> OwnImageSet:
    """The same with names; raises the same."""
    if dataset.own_images is None:
        raise InvalidExperiment([Problem(_FIELD, "names no images")])
    found = read_own_images(dataset.own_images.id)
    if found.wanted != dataset.own_images:
        message = "asks for other numbers, sizes or names of classes than these images have"
        raise InvalidExperiment([Problem(_FIELD, message)])
    return found


def write_own_images(own: OwnImageSet) -> str:
    """Keep the set, unless it is kept already; returns its id.

    Raises:
        OSError: it cannot be written, for example because the disk is full.
    """
    head = np.array(_head(own))
    write_own_file(own.id, {"images": own.images, "labels": own.labels, "head": head})
    return own.id


def read_own_images(name: str) -> OwnImageSet:
    """The set whose id is `name`; the same object while it is asked for again.

    Raises:
        DatasetUnavailable: it is not kept here (any more).
        DatasetCorrupt: its file does not hold what its name says.
    """
    return _read(name, str(own_path(name)))


@functools.lru_cache(maxsize=KEPT_SETS)
def _read(name: str, _path: str) -> OwnImageSet:
    images, labels, head = read_own_file(name, ("images", "labels", "head"), "images", _REMEDY)
    corrupt = DatasetCorrupt(own_path(name), "its content is not what its name says", _REMEDY)
    try:
        facts = json.loads(str(head))
        classes = tuple(map(str, facts["classes"]))
        found = OwnImageSet(images, labels, classes, int(facts["n_test"]))
    except (ValueError, KeyError, TypeError):
        raise corrupt from None
    if found.id != name:
        raise corrupt
    for array in (images, labels):
        array.flags.writeable = False
    return found


def _head(own: OwnImageSet) -> str:
    """All but the numbers, as JSON."""
    shape = list(own.images.shape)
    facts = {"kind": "images", "classes": own.classes, "n_test": own.n_test, "shape": shape}
    return json.dumps(facts)
