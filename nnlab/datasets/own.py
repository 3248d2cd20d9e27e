"""Visitors' own points, each set in a file named by its content.

Written once and never changed, so that a run that learned from one can be repeated to the bit.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.datasets.arrays import Arrays, Labels
from nnlab.datasets.errors import DatasetCorrupt
from nnlab.datasets.own_files import own_path, read_own_file, write_own_file
from nnlab.experiment import Dataset, InvalidExperiment, OwnPoints, Problem

_FIELD = "dataset.own"
_REMEDY = "Choose other points on the Data page, or paint or upload them again."


@dataclass(frozen=True)
class Axis:
    """What a coordinate stands for.

    Attributes:
        name: of the column.
        middle, unit: a place on the axis is `(value - middle) / unit`.
    """

    name: str
    middle: float = 0.0
    unit: float = 1.0

    def place(self, value: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where values of the column lie on the axis."""
        return (value - self.middle) / self.unit

    def value(self, place: NDArray[np.float64]) -> NDArray[np.float64]:
        """The column's values at places of the axis."""
        return place * self.unit + self.middle

    @property
    def scaled(self) -> bool:
        """Whether a place is not the value itself."""
        return (self.middle, self.unit) != (0.0, 1.0)


PLAIN_AXES = (Axis("x"), Axis("y"))


@dataclass(frozen=True, eq=False)
class OwnSet:
    """Points on the square from -6 to 6, float64 (n, 2), and their classes, int64 (n,)."""

    points: NDArray[np.float64]
    labels: Labels
    classes: tuple[str, ...]
    axes: tuple[Axis, Axis] = PLAIN_AXES

    @property
    def id(self) -> str:
        """SHA-256 of points, labels, classes and axes."""
        parts = (
            _head(self).encode(),
            np.ascontiguousarray(self.points, "<f8").tobytes(),
            np.ascontiguousarray(self.labels, "<i8").tobytes(),
        )
        return hashlib.sha256(b"\n".join(parts)).hexdigest()

    @property
    def wanted(self) -> OwnPoints:
        """How an experiment asks for this set.

        Raises:
            ValidationError: it has too few or too many points or classes.
        """
        sizes = np.bincount(self.labels, minlength=len(self.classes))
        return OwnPoints(
            id=self.id, count=len(self.labels), smallest=int(sizes.min()), classes=self.classes
        )


def own_arrays(dataset: Dataset) -> Arrays:
    """The points that `dataset` asks for; none of them are for testing only.

    Raises:
        DatasetUnavailable, DatasetCorrupt: see `read_own`.
        InvalidExperiment: it names none, or there are others in the file.
    """
    found = own_set(dataset)
    return Arrays(found.points, found.labels, found.points[:0], found.labels[:0])


def own_set(dataset: Dataset) -> OwnSet:
    """The same with names and axes; raises the same."""
    if dataset.own is None:
        raise InvalidExperiment([Problem(_FIELD, "names no points")])
    found = read_own(dataset.own.id)
    if found.wanted != dataset.own:
        message = "asks for other numbers or names of classes than these points have"
        raise InvalidExperiment([Problem(_FIELD, message)])
    return found


def axes_of(dataset: Dataset) -> tuple[Axis, Axis]:
    """What the coordinates of a set of points stand for.

    Raises:
        DatasetUnavailable, DatasetCorrupt, InvalidExperiment: as `own_arrays`.
    """
    return PLAIN_AXES if dataset.own is None else own_set(dataset).axes


def write_own(own: OwnSet) -> str:
    """Keep the set, unless it is kept already; returns its id.

    Raises:
        OSError: it cannot be written, for example because the disk is full.
    """
    head = np.array(_head(own))
    write_own_file(own.id, {"points": own.points, "labels": own.labels, "head": head})
    return own.id


def read_own(name: str) -> OwnSet:
    """The set whose id is `name`.

    Raises:
        DatasetUnavailable: it is not kept here (any more).
        DatasetCorrupt: its file does not hold what its name says.
    """
    path = own_path(name)
    points, labels, head = read_own_file(name, ("points", "labels", "head"), "points", _REMEDY)
    try:
        found = _found(points, labels, json.loads(str(head)))
    except (ValueError, KeyError, TypeError):
        raise DatasetCorrupt(path, "cannot be read as a set of points", _REMEDY) from None
    if found.id != name:
        raise DatasetCorrupt(path, "its content is not what its name says", _REMEDY)
    return found


def _head(own: OwnSet) -> str:
    """All but the numbers, as JSON."""
    axes = [[axis.name, axis.middle, axis.unit] for axis in own.axes]
    return json.dumps({"kind": "points", "classes": own.classes, "axes": axes})


def _found(points: NDArray[Any], labels: NDArray[Any], head: dict[str, Any]) -> OwnSet:
    x, y = (Axis(str(name), float(middle), float(unit)) for name, middle, unit in head["axes"])
    return OwnSet(points, labels, tuple(map(str, head["classes"])), (x, y))
