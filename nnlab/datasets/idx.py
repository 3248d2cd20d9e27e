"""Read the four idx files that MNIST and Fashion-MNIST are published as, packed or not.

The format: two zero bytes, the type (8 is uint8), the number of dimensions, each dimension as
a big-endian 32-bit number, then the values (http://yann.lecun.com/exdb/mnist/).
"""

import gzip
import math
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np

from nnlab.datasets.arrays import PARTS, Arrays, Images, labels, shapes
from nnlab.datasets.catalog import DatasetInfo
from nnlab.datasets.damage import naming
from nnlab.datasets.errors import DatasetCorrupt

# In the order of PARTS; each may end in .gz.
IDX_NAMES = (
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
)  # fmt: skip

_UINT8 = 8


def check_idx(files: Sequence[Path], info: DatasetInfo) -> None:
    """Look at headers and lengths of the four files (in the order of PARTS); reads no image.

    Raises:
        DatasetCorrupt, DatasetUnavailable: see `read_idx`.
    """
    for file, shape in zip(files, shapes(info).values(), strict=True):
        with naming(file), _open(file) as stream:
            header = _header(stream, file, shape)
            length = header + math.prod(shape)
            if _declared_length(file) != length:
                raise DatasetCorrupt(file, "is cut off or has something behind its values")


def read_idx(files: Sequence[Path], info: DatasetInfo) -> Arrays:
    """The set in four idx files, given in the order of PARTS.

    Raises:
        DatasetCorrupt: a file is cut off, or not the array that the catalogue describes.
        DatasetUnavailable: a file cannot be opened.
    """
    parts = {
        part: _values(file, shapes(info)[part]) for part, file in zip(PARTS, files, strict=True)
    }
    return Arrays(
        parts["x_train"],
        labels(files[1], info, parts["y_train"]),
        parts["x_test"],
        labels(files[3], info, parts["y_test"]),
    )


def _values(file: Path, shape: tuple[int, ...]) -> Images:
    size = math.prod(shape)
    with naming(file), _open(file) as stream:
        _header(stream, file, shape)
        # One byte more than there should be: to find a longer file, and to make gzip reach
        # the end, where it compares the checksum. Never more, whatever it unpacks to.
        data = stream.read(size + 1)
    if len(data) != size:
        raise DatasetCorrupt(file, "is cut off or has something behind its values")
    return np.frombuffer(data, np.uint8).reshape(shape)


def _open(file: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(file, "rb")) if file.suffix == ".gz" else file.open("rb")


def _header(stream: BinaryIO, file: Path, shape: tuple[int, ...]) -> int:
    """Read the header, compare it with the shape that it should declare; its length in bytes."""
    mark = stream.read(4)
    if mark != bytes((0, 0, _UINT8, len(shape))):
        raise DatasetCorrupt(file, f"is not an idx file of {len(shape)}-dimensional bytes")
    declared = struct.unpack(f">{len(shape)}I", stream.read(4 * len(shape)))
    if declared != shape:
        raise DatasetCorrupt(file, f"has shape {declared} instead of {shape}")
    return len(mark) + 4 * len(shape)


def _declared_length(file: Path) -> int:
    """Length unpacked; a gzip file has it in its last four bytes (RFC 1952, ISIZE)."""
    if file.suffix != ".gz":
        return file.stat().st_size
    with file.open("rb") as stream:
        stream.seek(-4, 2)
        return int.from_bytes(stream.read(4), "little")
