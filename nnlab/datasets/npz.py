"""Read `.npz` files with Keras's array names, trusting nothing that they say.

Pickled content is never opened. Sizes are compared with the catalogue before any array is
read, so a small file that unpacks to something huge costs nothing.
"""

import math
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from nnlab.datasets.arrays import PARTS, Arrays, labels, shapes
from nnlab.datasets.catalog import DatasetInfo
from nnlab.datasets.damage import naming
from nnlab.datasets.errors import DatasetCorrupt

_PICKLE_MARK = b"\x80"
_PICKLED = "holds pickled Python objects, which can run code and are never opened"
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_HEADER_READERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def check_npz(file: Path, info: DatasetInfo) -> None:
    """Look at the names, types and shapes that the file declares; reads no array.

    Raises:
        DatasetCorrupt, DatasetUnavailable: see `read_npz`.
    """
    with _archive(file) as archive:
        for part in PARTS:
            with _member(archive, file, part) as member:
                _header(member, file, part, shapes(info)[part])


def read_npz(file: Path, info: DatasetInfo) -> Arrays:
    """The set in `file`.

    Raises:
        DatasetCorrupt: pickled, truncated, or not the arrays that the catalogue describes.
        DatasetUnavailable: the file cannot be opened.
    """
    with _archive(file) as archive:
        x_train, y_train, x_test, y_test = (
            _array(archive, file, part, shapes(info)[part]) for part in PARTS
        )
    return Arrays(x_train, labels(file, info, y_train), x_test, labels(file, info, y_test))


@contextmanager
def _archive(file: Path) -> Iterator[zipfile.ZipFile]:
    with naming(file), file.open("rb") as stream:
        if stream.read(1) == _PICKLE_MARK:
            raise DatasetCorrupt(file, _PICKLED)
        with zipfile.ZipFile(stream) as archive:
            yield archive


@contextmanager
def _member(archive: zipfile.ZipFile, file: Path, part: str) -> Iterator[IO[bytes]]:
    if f"{part}.npy" not in archive.namelist():
        raise DatasetCorrupt(file, f"has no array {part!r}; it needs {', '.join(PARTS)}")
    entry = archive.getinfo(f"{part}.npy")
    if entry.compress_type not in _COMPRESSIONS:
        raise DatasetCorrupt(file, f"its array {part!r} is packed in an unusual way")
    with archive.open(entry) as member:
        yield member


def _header(
    member: IO[bytes], file: Path, part: str, shape: tuple[int, ...]
) -> tuple[np.dtype[Any], bool]:
    """Type and column order that the array declares, after its type and shape were approved."""
    version = npy.read_magic(member)
    if version not in _HEADER_READERS:
        raise DatasetCorrupt(file, f"its array {part!r} has the unknown format {version}")
    declared, columns_first, dtype = _HEADER_READERS[version](member)
    if dtype.hasobject:
        raise DatasetCorrupt(file, _PICKLED)
    if declared != shape:
        raise DatasetCorrupt(file, f"its array {part!r} has shape {declared} instead of {shape}")
    if dtype != np.uint8 and not (part.startswith("y") and dtype.kind in "iu"):
        raise DatasetCorrupt(file, f"its array {part!r} has type {dtype} instead of uint8")
    return dtype, columns_first


def _array(archive: zipfile.ZipFile, file: Path, part: str, shape: tuple[int, ...]) -> NDArray[Any]:
    with _member(archive, file, part) as member:
        dtype, columns_first = _header(member, file, part, shape)
        size = math.prod(shape) * dtype.itemsize
        data = member.read(size)
        # Reading past the end also makes zipfile compare the checksum.
        if len(data) != size or member.read(1):
            raise DatasetCorrupt(file, f"its array {part!r} is not as long as it says")
    return np.frombuffer(data, dtype).reshape(shape, order="F" if columns_first else "C")
