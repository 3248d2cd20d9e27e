"""An uploaded file of any kind → a set of own images, with what there is to say of it."""

import hashlib
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.datasets.own_images import OwnImageSet
from nnlab.datasets.uploaded.arrays import PICKLED, Stacked, read_npz
from nnlab.datasets.uploaded.limits import NotAnImageSet, require_numbers, require_size
from nnlab.datasets.uploaded.picture import Preparation
from nnlab.datasets.uploaded.progress import Tell, silent
from nnlab.datasets.uploaded.table import read_pixels
from nnlab.datasets.uploaded.zipped import Collected, open_zip, read_zip
from nnlab.experiment.names import harmless

_ZIP, _NPY, _PICKLE = b"PK", b"\x93NUMPY", b"\x80"
_TOLD_NAMES = 3


@dataclass(frozen=True)
class Uploaded:
    """A set, and sentences about what was done with the file or left out of it."""

    own: OwnImageSet
    notes: tuple[str, ...]


def read_images(content: bytes, preparation: Preparation, tell: Tell = silent) -> Uploaded:
    """The images in a file: a zip with a folder for each class, an `.npz`, or a table of pixels.

    What it is, its content decides. Where it has test images of its own, they stay so.

    Args:
        content: the file.
        preparation: what is done with each image.
        tell: is told the share that is done.

    Raises:
        NotAnImageSet: says what is wrong, where, and what is allowed.
    """
    require_size(len(content))
    if content.startswith(_PICKLE):
        raise NotAnImageSet(PICKLED)
    if content.startswith(_NPY):
        raise NotAnImageSet(
            "A single array has no classes. Save two with np.savez(file, x=images, y=labels)."
        )
    if not content.startswith(_ZIP):
        return _of_stack(read_pixels(content, preparation, tell))
    if _holds_arrays(content):
        return _of_stack(read_npz(content, preparation, tell))
    return _of_files(read_zip(content, preparation, tell))


def _holds_arrays(content: bytes) -> bool:
    with open_zip(content) as archive:
        return any(name.endswith(".npy") for name in archive.namelist())


def _of_stack(found: Stacked) -> Uploaded:
    names = [harmless(name) for name in found.classes]
    if not all(names):
        raise NotAnImageSet("A class has an empty name, or one that cannot be shown.")
    if len(set(names)) < len(set(found.classes)):
        raise NotAnImageSet(
            "Two classes have the same name, once signs that could do harm are taken out."
        )
    n_train = len(names) - found.n_test
    own = _set(found.images, names, n_train)
    return Uploaded(own, _notes(own, found.coloured, Counter()))


def _of_files(found: Collected) -> Uploaded:
    for_test = np.array(found.for_test)
    # The classes in turn, as the first images of a set may be all that is learned from.
    ranks = np.array(_ranks(found.classes))
    order = np.lexsort((ranks, for_test))
    images = np.stack(found.images)[order]
    names = [found.classes[i] for i in order]
    own = _set(images, names, len(names) - int(for_test.sum()))
    return Uploaded(own, _notes(own, found.coloured, found.left_out))


def _set(images: NDArray[np.uint8], names: list[str], n_train: int) -> OwnImageSet:
    """Checked, with classes in the order of their numbers or names."""
    counts = Counter(names[:n_train])
    classes = sorted(set(names), key=_in_order)
    require_numbers({name: counts[name] for name in classes}, len(names) - n_train)
    numbers = {name: number for number, name in enumerate(classes)}
    labels = np.array([numbers[name] for name in names], np.int64)
    return OwnImageSet(images, labels, tuple(classes), len(names) - n_train)


def _in_order(name: str) -> tuple[bool, int, str]:
    number = name.isascii() and name.isdecimal()
    return not number, int(name) if number else 0, name.casefold()


def _ranks(names: list[str]) -> list[int]:
    """How many of the same class come before each."""
    seen: Counter[str] = Counter()
    ranks = []
    for name in names:
        ranks.append(seen[name])
        seen[name] += 1
    return ranks


def _notes(own: OwnImageSet, coloured: int, left_out: Counter[str]) -> tuple[str, ...]:
    notes = []
    if coloured:
        notes.append(
            f"{_images(coloured, 'has', 'have')} colours. The networks here are given grey levels,"
            " so each pixel is now its brightness."
        )
    if left_out:
        names = ", ".join(list(left_out)[:_TOLD_NAMES]) + (" …" if len(left_out) > 3 else "")
        notes.append(f"Files that are no images were left out ({left_out.total():,}): {names}")
    copies = len(own.labels) - len({hashlib.md5(each.tobytes()).digest() for each in own.images})
    if copies:
        said = _images(copies, "is an exact copy of another", "are exact copies of others")
        notes.append(
            f"{said}. A copy that is both learned from and tested with makes a test too easy."
        )
    return tuple(notes)


def _images(count: int, one: str, many: str) -> str:
    """How many, with what is said of them."""
    return f"1 image {one}" if count == 1 else f"{count:,} images {many}"
