"""Images as a table: a row each, with the class first and then its pixels, as MNIST's CSV has."""

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from nnlab.datasets.uploaded.arrays import Stacked, levels_of
from nnlab.datasets.uploaded.limits import NotAnImageSet, require_count, shown
from nnlab.datasets.uploaded.picture import Preparation, prepared
from nnlab.datasets.uploaded.progress import Tell

_DELIMITERS = (",", ";", "\t")
_AT_ONCE = 500  # rows
_SIDES = (4, 256)
_MOST_CLASSES = 1000


def read_pixels(content: bytes, preparation: Preparation, tell: Tell) -> Stacked:
    """The images of a table; a first row of names is left out.

    Raises:
        NotAnImageSet: it is no text or no such table; with the row, and what is allowed.
    """
    lines = _lines(content)
    delimiter = max(_DELIMITERS, key=lines[0].count)
    width = lines[0].count(delimiter) + 1
    side = _side(width)
    first = 2 if _is_heading(lines[0], delimiter) else 1
    rows = lines[first - 1 :]
    require_count(len(rows))
    classes, levels = [], []
    for start in range(0, len(rows), _AT_ONCE):
        tell(start / len(rows))
        for number, row in enumerate(rows[start : start + _AT_ONCE], start=start + first):
            if row.count(delimiter) + 1 != width:
                raise NotAnImageSet(
                    f"Row {number} has {row.count(delimiter) + 1} columns, the first one {width}; "
                    "all need as many."
                )
        parted = [row.split(delimiter, 1) for row in rows[start : start + _AT_ONCE]]
        classes += [label.strip().strip('"') for label, _ in parted]
        levels.append(_numbers([pixels for _, pixels in parted], delimiter, start + first))
    if len(set(classes)) > _MOST_CLASSES:
        raise NotAnImageSet(f"The first column is the class; it has {len(set(classes)):,} values.")
    images = levels_of(np.concatenate(levels), "The table").reshape(-1, side, side)
    if side != preparation.side:
        images = np.stack([prepared(Image.fromarray(each), preparation) for each in images])
    elif preparation.invert:
        images = 255 - images
    return Stacked(images, classes, 0, 0)


def _lines(content: bytes) -> list[str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise NotAnImageSet(
            "This is no file that can be read here. Allowed are a zip with a folder for each "
            "class, an .npz with arrays, and a CSV file with the class and the pixels of an image "
            "in each row."
        )
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        raise NotAnImageSet("The table has no rows.")
    return lines


def _side(width: int) -> int:
    side = math.isqrt(width - 1)
    low, high = _SIDES
    if side * side != width - 1 or not low <= side <= high:
        raise NotAnImageSet(
            f"A row has {width:,} columns. It should have the class and then the pixels of a "
            "square image, so one more than 28 × 28, for example."
        )
    return side


def _is_heading(line: str, delimiter: str) -> bool:
    pixels = line.split(delimiter)[1:]
    return any(any(c.isalpha() for c in cell) for cell in pixels[:3])


def _numbers(rows: list[str], delimiter: str, first: int) -> NDArray[np.float32]:
    """Pixels float32 (rows, pixels); NumPy's own reader of text runs nothing."""
    try:
        return np.loadtxt(rows, np.float32, delimiter=delimiter, comments=None, ndmin=2)
    except ValueError:
        pass
    for number, row in enumerate(rows, start=first):
        for place, cell in enumerate(row.split(delimiter), start=2):
            try:
                float(cell)
            except ValueError:
                raise NotAnImageSet(
                    f"Row {number}, column {place}: a number is needed (got {shown(cell)})."
                ) from None
    raise NotAnImageSet(f"The rows from {first} on cannot be read as numbers.")
