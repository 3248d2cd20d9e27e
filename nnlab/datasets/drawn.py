"""Frozen sets of drawings that training images are joined with, each in a file named by content.

Written once and never changed, so that a run that learned from one can be repeated to the bit.
"""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnlab import settings
from nnlab.atomic import write_atomically
from nnlab.datasets.arrays import Images, Labels
from nnlab.datasets.errors import DatasetCorrupt, DatasetUnavailable
from nnlab.experiment import Drawn, InvalidExperiment, Problem

_REMEDY = "Fine-tune again from the Draw page."


@dataclass(frozen=True)
class DrawnImages:
    """Drawings as a network is given them.

    Attributes:
        images: uint8 (n, height, width), in the numbers of the set they are to join.
        labels: int64 (n,).
        origins: what tells each drawing from all others, for finding out which were learned from.
    """

    images: Images
    labels: Labels
    origins: tuple[str, ...]

    @property
    def id(self) -> str:
        """SHA-256 of shape, images, labels and origins."""
        parts = (
            repr(self.images.shape).encode(),
            np.ascontiguousarray(self.images, np.uint8).tobytes(),
            np.ascontiguousarray(self.labels, "<i8").tobytes(),
            "\n".join(self.origins).encode(),
        )
        return hashlib.sha256(b"".join(parts)).hexdigest()


def write_drawn(drawn: DrawnImages) -> str:
    """Keep the set, unless it is kept already; returns its id.

    Raises:
        OSError: it cannot be written, for example because the disk is full.
    """
    name, path = drawn.id, _path(drawn.id)
    if path.exists():
        return name
    origins = np.array(drawn.origins, dtype=np.str_)
    arrays: dict[str, NDArray] = {
        "images": drawn.images, "labels": drawn.labels, "origins": origins,
    }  # fmt: skip
    write_atomically(path, lambda file: np.savez_compressed(file, allow_pickle=False, **arrays))
    return name


def read_drawn(name: str) -> DrawnImages:
    """The set whose id is `name`.

    Raises:
        DatasetUnavailable: it is not kept here (any more).
        DatasetCorrupt: its file does not hold what its name says.
    """
    path = _path(name)
    try:
        with np.load(path, allow_pickle=False) as archive:
            images, labels, origins = (archive[key] for key in ("images", "labels", "origins"))
    except FileNotFoundError:
        text = f"The drawings that this run learns from are no longer kept here. {_REMEDY}"
        raise DatasetUnavailable(text) from None
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
        raise DatasetCorrupt(path, "cannot be read as a set of drawings", _REMEDY) from None
    found = DrawnImages(images, labels, tuple(map(str, origins.tolist())))
    if found.id != name:
        raise DatasetCorrupt(path, "its content is not what its name says", _REMEDY)
    return found


def with_drawn(
    images: NDArray[np.uint8], labels: NDArray[np.int64], wanted: Drawn
) -> tuple[Images, Labels]:
    """Training images (n, H, W) and labels (n,), followed by the drawings as often as they come.

    Raises:
        DatasetUnavailable, DatasetCorrupt: see `read_drawn`.
        InvalidExperiment: there are more or fewer of them, or they have another size.
    """
    found = read_drawn(wanted.id)
    if len(found.labels) != wanted.count or found.images.shape[1:] != images.shape[1:]:
        n, height, width = found.images.shape
        message = f"these are {n} drawings of {height} × {width} pixels, not what is asked for"
        raise InvalidExperiment([Problem("dataset.drawings", message)])
    return (
        np.concatenate([images, *[found.images] * wanted.repeat]),
        np.concatenate([labels, *[found.labels] * wanted.repeat]),
    )


def _path(name: str) -> Path:
    return settings.drawings_dir() / f"{name}.npz"
