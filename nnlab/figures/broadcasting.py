"""Two tensors, their axes aligned from the right, and their product (SVG)."""

from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.cells import WIDTH, cell, frame, sign, warning, words
from nnlab.figures.svg import element, text

HEIGHT = 330
Shape = tuple[int, ...]

_AXES = 3
_COLOURS = {"A": palette.BLUE, "B": palette.ORANGE, "A × B": palette.GREEN}
_COLUMN, _BOX, _LINE = 76, 70, 26  # of the table of axes
_TABLE_LEFT, _VALUES_MIDDLE = 92, 236
_CELL_WIDTH = 38.0
_ONE_SHEET, _MANY_SHEETS = 34.0, 20.0  # heights of a cell
_SHEET_GAP = 7.0
_LEFTS = (20.0, 186.0, 352.0)  # of A, B and their product
_VERDICTS = {
    "equal": "equal", "A": "A stretched", "B": "B stretched", "clash": "clash", "": "",
}  # fmt: skip


def broadcasting_picture(answer: Mapping[str, Any]) -> str:
    """Above which axes match, stretch or clash; below the values, copies by stretching dashed.

    Args:
        answer: of `nnlab.lessons.tensors.broadcast`.
    """
    a, b, product = (answer[name] for name in ("a", "b", "product"))
    result = None if product is None else product.shape
    parts = [_table(a.shape, b.shape, result), *_values(a, b, product)]
    if product is None:
        parts.append(_no_result(answer["error"]))
    return frame(HEIGHT, in_words(a.shape, b.shape, result), *parts)


def in_words(a: Shape, b: Shape, result: Shape | None) -> str:
    """What the shapes make of each other."""
    if result is None:
        return f"A {a} and B {b} do not fit: no product."
    return f"A {a} times B {b} has the shape {result}, {prod(result)} values."


def verdicts(a: Shape, b: Shape) -> list[str]:
    """For each of the last three axes: 'equal', 'A' or 'B' if it is stretched, 'clash', or ''
    where neither has that axis."""
    return [_verdict(x, y) for x, y in zip(_aligned(a), _aligned(b), strict=True)]


def _verdict(a: int | None, b: int | None) -> str:
    if a == b:
        return "" if a is None else "equal"
    if a is None or (a == 1 and b is not None):
        return "A"
    return "B" if b in {None, 1} else "clash"


def _aligned(shape: Shape) -> list[int | None]:
    return [None] * (_AXES - len(shape)) + list(shape)


def _table(a: Shape, b: Shape, result: Shape | None) -> str:
    rows = [_axes("A", a, 2), _axes("B", b, 34)]
    judged = verdicts(a, b)
    for i, verdict in enumerate(judged):
        bad: dict[str, str | float] = {"fill": palette.WRONG} if verdict == "clash" else {}
        middle = _TABLE_LEFT + i * _COLUMN + _BOX / 2
        rows.append(text(middle, 78, _VERDICTS[verdict], font_size=12, **bad))
    if result is not None:
        rows.append(_axes("A × B", result, 86))
    legend = (
        "(2, 3) is 2 rows of 3. Align the axes from the right. "
        "Equal sizes fit; 1, or no axis, is stretched."
    )
    return "".join(rows) + words(338, 16, legend, 24, font_size=12.5, fill_opacity=0.8)


def _axes(name: str, shape: Shape, y: float) -> str:
    """One row: the shape as it is written, and a box for each axis."""
    boxes = [
        cell(_TABLE_LEFT + i * _COLUMN, y, _BOX, _LINE, str(size), _COLOURS[name])
        for i, size in enumerate(_aligned(shape))
        if size is not None
    ]
    return words(0, y + 18, f"{name}  {shape}", font_weight=600) + "".join(boxes)


def _values(
    a: NDArray[np.integer], b: NDArray[np.integer], product: NDArray[np.integer] | None
) -> list[str]:
    full = None if product is None else product.shape
    drawn = [
        _tensor("A", a, full or a.shape, _LEFTS[0]),
        _tensor("B", b, full or b.shape, _LEFTS[1]),
    ]
    drawn.append(sign((_LEFTS[0] + 3 * _CELL_WIDTH + _LEFTS[1]) / 2, _VALUES_MIDDLE, "×"))
    if product is not None:
        drawn.append(sign((_LEFTS[1] + 3 * _CELL_WIDTH + _LEFTS[2]) / 2, _VALUES_MIDDLE, "="))
        drawn.append(_tensor("A × B", product, product.shape, _LEFTS[2]))
    return drawn


def _tensor(name: str, values: NDArray[np.integer], shape: Shape, left: float) -> str:
    """Sheets of rows and columns below each other, centred in a place three cells wide."""
    three = (1,) * (_AXES - len(shape)) + tuple(shape)
    own = (1,) * (_AXES - values.ndim) + values.shape
    full = np.broadcast_to(values.reshape(own), three)
    sheets, rows, columns = three
    cell_height = _ONE_SHEET if sheets == 1 else _MANY_SHEETS
    height = sheets * rows * cell_height + (sheets - 1) * _SHEET_GAP
    left += (3 - columns) * _CELL_WIDTH / 2
    top = _VALUES_MIDDLE - height / 2
    return "".join(
        cell(
            left + column * _CELL_WIDTH,
            top + (sheet * rows + row) * cell_height + sheet * _SHEET_GAP,
            _CELL_WIDTH - 2,
            cell_height - 2,
            str(full[sheet, row, column]),
            _COLOURS[name],
            copy=any(
                i > 0 and size == 1 for i, size in zip((sheet, row, column), own, strict=True)
            ),
        )
        for sheet, row, column in np.ndindex(*three)
    )


def _no_result(error: str) -> str:
    left, top = _LEFTS[2] - 30, _VALUES_MIDDLE - 62
    box = element("rect", x=left, y=top, width=WIDTH - left - 1, height=126, rx=6, fill="none",
                  stroke=palette.WRONG, stroke_dasharray="5 4")  # fmt: skip
    return (
        box
        + warning(left + 12, top + 24, "No result", 24)
        + words(left + 12, top + 48, "Different sizes, and neither is 1. TensorFlow:", 25)
        + words(left + 12, top + 84, error, 25, font_size=12)
    )
