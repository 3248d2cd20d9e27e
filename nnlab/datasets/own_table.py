"""A table from outside → points: the one place where an uploaded file is found to hold some.

Python's own csv reader takes the text apart; nothing in a file is ever run.
"""

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.datasets.own import Axis, OwnSet
from nnlab.experiment.names import NAME_LENGTH, harmless
from nnlab.experiment.own_points import OWN_CLASSES, OWN_COUNTS

MOST_BYTES = 1_000_000
MOST_COLUMNS = 100
# The largest coordinate; a column is scaled so that it goes from -EDGE to EDGE.
EDGE = 6.0
_LARGEST = 1e12
_DELIMITERS = (",", ";", "\t")
# Rounded to so many digits, which no eye sees and a script need not hold.
_DIGITS = 6


class NotAPointTable(ValueError):
    """A file, or the columns chosen of it, do not give points; says where and what is allowed."""


@dataclass(frozen=True)
class Table:
    """A file's columns: names that do no harm, all different, and rows of text as long."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    decimal_comma: bool = False
    first_line: int = 2

    def column(self, index: int) -> list[str]:
        """The text of a column from above to below."""
        return [row[index] for row in self.rows]


@dataclass(frozen=True)
class Columns:
    """Which columns hold what, by their place."""

    x: int
    y: int
    label: int


def read_table(content: bytes) -> Table:
    """A file's content as a table; without a line of names, columns are numbered.

    Raises:
        NotAPointTable: it is too large, no text in UTF-8, or no table.
    """
    text = _text(content)
    delimiter = _delimiter(text)
    lines = _lines(text, delimiter)
    low, high = OWN_COUNTS
    width = len(lines[0]) if lines else 0
    if width < 3:
        raise NotAPointTable(
            "This is no table with columns for two numbers and a class: columns are parted by "
            "commas, semicolons or tabs."
        )
    if width > MOST_COLUMNS:
        raise NotAPointTable(f"{width:,} columns are too many; at most {MOST_COLUMNS} are read.")
    comma = delimiter == ";"
    named = sum(_number(cell, comma) is not None for cell in lines[0]) < 2
    rows = lines[1:] if named else lines
    if not low <= len(rows) <= high:
        got = f"{len(rows):,}" if len(rows) <= high else "more"
        raise NotAPointTable(f"A table has {low} to {high:,} rows of points (got {got}).")
    for number, row in enumerate(rows, start=1 + named):
        if len(row) != width:
            raise NotAPointTable(
                f"Row {number} has {len(row)} columns, the first one {width}; all need as many."
            )
    columns = _different([harmless(cell) for cell in lines[0]] if named else [""] * width)
    return Table(columns, tuple(map(tuple, rows)), comma, 1 + named)


def guessed_columns(table: Table) -> Columns:
    """The first two columns of numbers, and as class what is called so, or the last other one."""
    numbers = [
        index
        for index in range(len(table.columns))
        if all(_number(cell, table.decimal_comma) is not None for cell in table.column(index))
    ]
    called = {"class", "label", "target", "species", "klasse", "category", "y_true"}
    few = [
        index
        for index in range(len(table.columns))
        if OWN_CLASSES[0] <= len(set(table.column(index))) <= OWN_CLASSES[1]
    ]
    named = [index for index in few if table.columns[index].lower() in called]
    text = [index for index in few if index not in numbers]
    label = (named or text or few[::-1] or [len(table.columns) - 1])[0]
    x, y = list(dict.fromkeys(i for i in (*numbers, 0, 1, 2) if i != label))[:2]
    return Columns(x, y, label)


def points_from(table: Table, columns: Columns) -> OwnSet:
    """The points, each coordinate scaled to go from -6 to 6; classes in order of their names.

    Raises:
        NotAPointTable: a column was chosen twice, a cell is no number, a column has one value
            only, or there are too few or too many classes; with the row and the column.
    """
    if len({columns.x, columns.y, columns.label}) < 3:
        raise NotAPointTable("Choose three different columns: x, y and the class.")
    axes, places = [], []
    for index in (columns.x, columns.y):
        axis, values = _scaled(table, index)
        axes.append(axis)
        places.append(np.round(axis.place(values), _DIGITS))
    labels, classes = _classes(table, columns.label)
    return OwnSet(np.stack(places, axis=1), labels, classes, (axes[0], axes[1]))


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 1e6:.1f}"
        raise NotAPointTable(f"The file has {size} MB; at most {MOST_BYTES / 1e6:.0f} MB is read.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAPointTable(
            "This is no text in the encoding UTF-8. In a spreadsheet, save as “CSV UTF-8”."
        ) from None
    if "\0" in text:
        raise NotAPointTable("This is no CSV file: it holds what no text does.")
    return text


def _delimiter(text: str) -> str:
    """The one that the first line has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)


def _lines(text: str, delimiter: str) -> list[list[str]]:
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        found = []
        for row in reader:
            if any(cell.strip() for cell in row):
                found.append([cell.strip() for cell in row])
            if len(found) > OWN_COUNTS[1] + 1:
                break
    except csv.Error as error:
        message = f"This is no CSV file, from line {reader.line_num} on: {error}."
        raise NotAPointTable(message) from None
    return found


def _different(names: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for place, name in enumerate(names, start=1):
        wanted = name or f"column {place}"
        if wanted in found:
            wanted = f"{wanted[: NAME_LENGTH - 5]} ({place})"
        found.append(wanted)
    return tuple(found)


def _scaled(table: Table, index: int) -> tuple[Axis, NDArray[np.float64]]:
    name, values = table.columns[index], []
    for line, cell in enumerate(table.column(index), start=table.first_line):
        value = _number(cell, table.decimal_comma)
        if value is None:
            shown = harmless(cell) if cell else "nothing"
            raise NotAPointTable(
                f"Row {line}, column “{name}”: a number is needed, of at most {_LARGEST:,.0f} "
                f"(got {shown})."
            )
        values.append(value)
    low, high = min(values), max(values)
    if not high - low > 1e-9 * max(abs(low), abs(high)):
        raise NotAPointTable(f"Column “{name}” has the same value everywhere: it parts nothing.")
    return Axis(name, (low + high) / 2, (high - low) / 2 / EDGE), np.array(values)


def _number(cell: str, decimal_comma: bool) -> float | None:
    if len(cell) > 40 or not cell.isascii() or "_" in cell:
        return None
    try:
        value = float(cell.replace(",", ".") if decimal_comma else cell)
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= _LARGEST else None


def _classes(table: Table, index: int) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    cells, name = table.column(index), table.columns[index]
    if not all(cells):
        line = cells.index("") + table.first_line
        raise NotAPointTable(f"Row {line}, column “{name}”: the class is missing.")
    found = sorted(set(cells), key=lambda cell: _order(cell, table.decimal_comma))
    low, high = OWN_CLASSES
    if not low <= len(found) <= high:
        raise NotAPointTable(
            f"Column “{name}” has {len(found):,} different values; {low} to {high} classes are "
            "allowed."
        )
    numbers = {cell: number for number, cell in enumerate(found)}
    labels = np.array([numbers[cell] for cell in cells], dtype=np.int64)
    named = [harmless(cell) or f"class {number + 1}" for number, cell in enumerate(found)]
    return labels, _different(named)


def _order(cell: str, decimal_comma: bool) -> tuple[bool, float, str]:
    """Numbers by their size before words by their letters."""
    value = _number(cell, decimal_comma)
    return value is None, value or 0.0, cell


def table_of(own: OwnSet) -> str:
    """A set as CSV, with the values that it was made from.

    A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula; before such a
    name, unless it is a number, comes an apostrophe.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*(_cell(axis.name) for axis in own.axes), "class"])
    values = [_values(axis, own.points[:, i]) for i, axis in enumerate(own.axes)]
    for x, y, label in zip(*values, own.labels.tolist(), strict=True):
        writer.writerow([x, y, _cell(own.classes[label])])
    return text.getvalue()


def _values(axis: Axis, places: NDArray[np.float64]) -> list[float]:
    """In the column's own numbers, without the digits that rounding the places has lost."""
    digits = _DIGITS - 1 - math.floor(math.log10(axis.unit))
    return np.round(axis.value(places), digits).tolist()


def _cell(name: str) -> str:
    risky = name[:1] in ("=", "+", "-", "@") and _number(name, False) is None
    return f"'{name}" if risky else name
