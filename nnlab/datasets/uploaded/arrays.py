"""Images as arrays in an `.npz`, with the names that Keras or we give them. No pickles."""

import math
import zipfile
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray
from PIL import Image

from nnlab.datasets.uploaded.limits import (
    MOST_ARRAYS,
    MOST_PIXELS,
    NotAnImageSet,
    megabytes,
    require_count,
    shown,
)
from nnlab.datasets.uploaded.picture import Preparation, prepared
from nnlab.datasets.uploaded.progress import Tell
from nnlab.datasets.uploaded.zipped import open_zip
from nnlab.experiment.own_images import IMAGE_SIDES

PICKLED = (
    "The file holds pickled Python objects, which can run code and are never opened. Save plain "
    "arrays with np.savez(file, x=images, y=labels)."
)
_NAMES = (("x_train", "y_train"), ("x", "y"), ("X", "y"), ("images", "labels"))
_TEST = ("x_test", "y_test")
_ASKED = "x and y, images and labels, or x_train, y_train, x_test and y_test"
_HEADER_READERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
_COLOURS = (1, 3, 4)
_LONGEST_LABEL = 200  # characters
_AT_ONCE = 1000


@dataclass(frozen=True)
class Stacked:
    """Images uint8 (n, side, side), a class as text for each, and how many are for testing."""

    images: NDArray[np.uint8]
    classes: list[str]
    n_test: int
    coloured: int


@dataclass(frozen=True)
class _Header:
    name: str
    shape: tuple[int, ...]
    columns_first: bool
    dtype: np.dtype[Any]

    @property
    def size(self) -> int:
        return math.prod(self.shape) * self.dtype.itemsize


def read_npz(content: bytes, preparation: Preparation, tell: Tell) -> Stacked:
    """The images of an `.npz`, prepared.

    Raises:
        NotAnImageSet: it is damaged, pickled, too large, or has no arrays that are images and
            their classes; with the array and what is allowed.
    """
    with open_zip(content) as archive:
        try:
            return _read(archive, preparation, tell)
        except NotAnImageSet:
            raise
        except (ValueError, TypeError, SyntaxError, OverflowError):  # from NumPy, about a header
            raise NotAnImageSet("The description of an array is damaged.") from None


def levels_of(values: NDArray[Any], name: str) -> NDArray[np.uint8]:
    """Grey levels from 0 to 255, of such, or of numbers from 0 to 1.

    Raises:
        NotAnImageSet: there are other numbers.
    """
    if values.dtype == np.uint8:
        return values
    if values.dtype.kind == "b":
        return values.astype(np.uint8) * np.uint8(255)
    low, high = values.min(), values.max()
    if not (np.isfinite(low) and np.isfinite(high) and low >= 0 and high <= 255):
        raise NotAnImageSet(
            f"“{name}” has values from {low:g} to {high:g}. Pixels run from 0 to 255, or from 0 to "
            "1 as fractions."
        )
    scale = 255 if values.dtype.kind == "f" and high <= 1 else 1
    return np.concatenate(
        [
            np.rint(values[i : i + _AT_ONCE] * scale).astype(np.uint8)
            for i in range(0, max(1, len(values)), _AT_ONCE)
        ]
    )


def _read(archive: zipfile.ZipFile, preparation: Preparation, tell: Tell) -> Stacked:
    entries = (info.filename for info in archive.infolist())
    names = [name.removesuffix(".npy") for name in entries if name.endswith(".npy")]
    pair = next((pair for pair in _NAMES if set(pair) <= set(names)), None)
    if pair is None:
        found = ", ".join(map(shown, names[:8])) or "nothing"
        raise NotAnImageSet(f"The file needs the arrays {_ASKED}; it has {found}.")
    parts = [pair, _TEST] if pair[0] == "x_train" and set(_TEST) <= set(names) else [pair]
    headers = [(_header(archive, x), _header(archive, y)) for x, y in parts]
    for x, y in headers:
        _require_shapes(x, y)
    together = sum(x.size + y.size for x, y in headers)
    if together > MOST_ARRAYS:
        raise NotAnImageSet(
            f"The arrays unpack to {megabytes(together)}; at most {megabytes(MOST_ARRAYS)} are "
            "read. Pixels as uint8 take the least."
        )
    require_count(sum(x.shape[0] for x, _ in headers))
    images, classes, coloured = [], [], 0
    for number, (x, y) in enumerate(headers):
        tell(number / len(headers))
        grey, had_colours = _without_colours(levels_of(_array(archive, x), x.name))
        images.append(_sized(grey, preparation))
        classes += _classes(_array(archive, y), y.name)
        coloured += had_colours
    n_test = len(images[1]) if len(images) > 1 else 0
    return Stacked(np.concatenate(images), classes, n_test, coloured)


def _header(archive: zipfile.ZipFile, name: str) -> _Header:
    with archive.open(f"{name}.npy") as member:
        return _read_header(member, name)


def _read_header(member: IO[bytes], name: str) -> _Header:
    version = npy.read_magic(member)
    if version not in _HEADER_READERS:
        raise NotAnImageSet(f"“{name}” has the unknown format {version}.")
    shape, columns_first, dtype = _HEADER_READERS[version](member)
    if dtype.hasobject:
        raise NotAnImageSet(PICKLED)
    return _Header(name, shape, columns_first, dtype)


def _require_shapes(x: _Header, y: _Header) -> None:
    """What the files say of themselves, before any array is read."""
    _require_images(x)
    n = x.shape[0]
    if y.shape not in ((n,), (n, 1)):
        hint = ": class numbers, not one-hot rows" if len(y.shape) == 2 else ""
        raise NotAnImageSet(
            f"“{y.name}” has the shape {y.shape}; for {n:,} images it should be ({n},){hint}."
        )
    if y.dtype.kind not in "iuU" or y.dtype.itemsize > 4 * _LONGEST_LABEL:
        raise NotAnImageSet(
            f"“{y.name}” has the type {y.dtype}; classes are whole numbers or short texts."
        )


def _require_images(x: _Header) -> None:
    good = len(x.shape) == 3 or (len(x.shape) == 4 and x.shape[3] in _COLOURS)
    if not good or min(x.shape) < 1:
        raise NotAnImageSet(
            f"“{x.name}” has the shape {x.shape}; images are (n, height, width), or "
            "(n, height, width, 3) with colours."
        )
    if x.shape[1] * x.shape[2] > MOST_PIXELS:
        most = f"{MOST_PIXELS // 1_000_000} million"
        raise NotAnImageSet(f"“{x.name}” has images of more than {most} pixels.")
    if x.dtype.kind not in "buif":
        raise NotAnImageSet(f"“{x.name}” has the type {x.dtype}; pixels are numbers.")


def _array(archive: zipfile.ZipFile, header: _Header) -> NDArray[Any]:
    with archive.open(f"{header.name}.npy") as member:
        _read_header(member, header.name)
        data = member.read(header.size)
        # Reading past the end also makes zipfile compare the checksum.
        if len(data) != header.size or member.read(1):
            raise NotAnImageSet(f"“{header.name}” is not as long as it says.")
    flat = np.frombuffer(data, header.dtype)
    return np.reshape(flat, header.shape, order="F" if header.columns_first else "C")


def _without_colours(levels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], int]:
    """Brightness as Pillow weighs it (ITU-R 601-2), and how many images had colours."""
    if levels.ndim == 3:
        return levels, 0
    if levels.shape[3] == 1:
        return levels[..., 0], 0
    rgb = levels[..., :3]
    spread = rgb.max(axis=3).astype(np.int16) - rgb.min(axis=3)
    coloured = int((spread.max(axis=(1, 2)) > 8).sum())
    return np.stack([np.asarray(Image.fromarray(each).convert("L")) for each in rgb]), coloured


def _sized(grey: NDArray[np.uint8], preparation: Preparation) -> NDArray[np.uint8]:
    side = preparation.side
    if grey.shape[1:] == (side, side):
        return 255 - grey if preparation.invert else np.ascontiguousarray(grey)
    return np.stack([prepared(Image.fromarray(each), preparation) for each in grey])


def _classes(values: NDArray[Any], name: str) -> list[str]:
    classes = values.reshape(-1)
    # No more than one for each few images: else these are no classes but names or measurements.
    if len(np.unique(classes)) > IMAGE_SIDES[1] * _COLOURS[1]:
        raise NotAnImageSet(f"“{name}” has {len(np.unique(classes)):,} different classes.")
    return [str(value) for value in classes.tolist()]
