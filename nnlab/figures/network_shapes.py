"""What the layers of a network picture look like: maps, columns of units, strips of values."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from typing import Literal

import numpy as np

from nnlab.architecture import LayerSummary, Shape
from nnlab.experiment import Dropout
from nnlab.figures import palette
from nnlab.figures.svg import element, line, square, text

Kind = Literal["image", "column", "strip", "unknown"]
Box = tuple[float, float, float, float]

PITCH = 18.0
_WIDEST_PITCH = 32.0
RADIUS = 6.5
STRIP_WIDTH = 15.0
STRIP_CELLS = 24
_MOST_UNITS = 12
_SHEET_OFFSET = 3.5
_GREY_LEVELS = 8
_MOST_PIXELS = 32


@dataclass(frozen=True)
class Cell:
    """One layer (or the input) and its place: centre (x, y) of a slot of the picture.

    `full_size` is the input image's larger side, against which maps are scaled; `pixels` is a
    grey image in [0, 1].
    """

    type: str
    kind: Kind
    shape: Shape | None
    colour: str
    full_size: int = 1
    pixels: np.ndarray | None = None
    layer: LayerSummary | None = None
    class_names: Sequence[str] = ()
    x: float = 0
    y: float = 0
    slot: float = 0
    height: float = 0


def drawing(cell: Cell) -> str:
    """The body of the layer, without its words."""
    draw = {"image": _stack, "column": _column, "strip": _strip, "unknown": _unknown}
    return draw[cell.kind](cell)


# Geometry, which the links between layers need too.


def front_box(cell: Cell) -> Box:
    """Left, top, width and height of the front map of a stack."""
    rows, columns, _ = _image_shape(cell)
    largest = min(84.0, cell.slot * 0.62, cell.height * 0.5)
    width, height = (max(14.0, largest * n / cell.full_size) for n in (columns, rows))
    depth = _depth(cell)
    return cell.x - (width + depth) / 2, cell.y - (height - depth) / 2, width, height


def column_x(cell: Cell) -> float:
    """Where a column's units stand; an output leaves room for the names of its classes."""
    return cell.x - 24 if cell.type == "Output" else cell.x


def unit_heights(cell: Cell) -> list[float]:
    """Heights of a column's drawn units; more than fit leave a gap in the middle."""
    units, places = (cell.shape or (0,))[0], int(cell.height // PITCH)
    if units <= min(_MOST_UNITS, places):
        pitch = max(PITCH, min(_WIDEST_PITCH, cell.height / (units + 1)))
        return [cell.y + pitch * (place - (units - 1) / 2) for place in range(units)]
    half = (places - 1) // 2
    drawn = [*range(-half, 0), *range(1, half + 1)]
    return [cell.y + PITCH * place for place in drawn]


def strip_box(cell: Cell) -> Box:
    """Left, top, width and height of a strip."""
    height = cell.height - 12
    return cell.x - STRIP_WIDTH / 2, cell.y - height / 2, STRIP_WIDTH, height


def edges(cell: Cell) -> tuple[float, float]:
    """Left and right end of what is drawn."""
    if cell.kind == "image":
        left, _, width, _ = front_box(cell)
        return left, left + width + _depth(cell)
    if cell.kind == "column":
        return column_x(cell) - RADIUS, column_x(cell) + RADIUS
    half = STRIP_WIDTH / 2 if cell.kind == "strip" else 28
    return cell.x - half, cell.x + half


def dropped(cell: Cell, n: int) -> set[int]:
    """Which of `n` drawn values a Dropout layer is shown to drop: its rate, spread about."""
    if cell.layer is None or not isinstance(cell.layer.settings, Dropout):
        return set()
    # Multiples of an irrational number (the root of 3) spread evenly, however many are taken.
    order = sorted(range(n), key=lambda place: (place + 4) * 3**0.5 % 1)
    return set(order[: round(cell.layer.settings.rate * n)])


def _image_shape(cell: Cell) -> tuple[int, int, int]:
    rows, columns, channels = cell.shape or (1, 1, 1)
    return rows, columns, channels


def _depth(cell: Cell) -> float:
    channels = _image_shape(cell)[2]
    sheets = channels if channels <= 3 else 2 + int(log2(channels))
    return _SHEET_OFFSET * (sheets - 1)


# Maps: an image, or a stack of feature maps.


def _stack(cell: Cell) -> str:
    left, top, width, height = front_box(cell)
    sheets = [
        element("rect", x=left + back, y=top - back, width=width, height=height, rx=2,
                fill=cell.colour, fill_opacity=0.2, stroke=cell.colour, stroke_width=1.1)
        for back in np.arange(_depth(cell), 0, -_SHEET_OFFSET)
    ]  # fmt: skip
    return "".join(sheets) + _front(cell)


def _front(cell: Cell) -> str:
    left, top, width, height = front_box(cell)
    sheet = element("rect", x=left, y=top, width=width, height=height, rx=2, fill=cell.colour,
                    fill_opacity=0.3, stroke=cell.colour, stroke_width=1.4)  # fmt: skip
    if cell.pixels is not None:
        return sheet + _photograph(cell.pixels, left, top, width, height)
    return sheet + _grid(cell) + _crossed_pixels(cell)


def _grid(cell: Cell) -> str:
    left, top, width, height = front_box(cell)
    rows, columns, _ = _image_shape(cell)
    if max(rows, columns) > (_MOST_PIXELS if cell.type == "Input" else _MOST_PIXELS / 2):
        return ""
    path = "".join(
        [line(left + width * i / columns, top, left + width * i / columns, top + height)
         for i in range(1, columns)]
        + [line(left, top + height * i / rows, left + width, top + height * i / rows)
           for i in range(1, rows)]
    )  # fmt: skip
    return element("path", d=path, stroke=cell.colour, stroke_width=0.5, stroke_opacity=0.6)


def _photograph(pixels: np.ndarray, left: float, top: float, width: float, height: float) -> str:
    """The input image, one path for each of a few levels of grey."""
    step = -(-max(pixels.shape) // _MOST_PIXELS)
    levels = np.rint(pixels[::step, ::step] * _GREY_LEVELS).astype(int)
    rows, columns = levels.shape
    paths = [
        element("rect", x=0, y=0, width=columns, height=rows, fill="#10141f"),
        *(_pixels_of(levels, level) for level in range(1, _GREY_LEVELS + 1)),
    ]
    place = f"translate({left:.2f} {top:.2f}) scale({width / columns:.4f} {height / rows:.4f})"
    return element("g", *paths, transform=place)


def _pixels_of(levels: np.ndarray, level: int) -> str:
    path = "".join(square(column, row, 1.02) for row, column in np.argwhere(levels == level))
    return element("path", d=path, fill="#fff", fill_opacity=level / _GREY_LEVELS)


def _crossed_pixels(cell: Cell) -> str:
    """A Dropout layer takes single values out of the maps, not whole maps."""
    left, top, width, height = front_box(cell)
    side = 5
    places = sorted(dropped(cell, side * side))
    crosses = [
        _cross(left + width * (place % side + 0.5) / side,
               top + height * (place // side + 0.5) / side, min(width, height) / side / 3.2)
        for place in places
    ]  # fmt: skip
    return element("path", d="".join(crosses), stroke="currentColor", stroke_width=1.1)


def _cross(x: float, y: float, reach: float) -> str:
    return line(x - reach, y - reach, x + reach, y + reach) + line(
        x - reach, y + reach, x + reach, y - reach
    )


# Columns of units.


def _column(cell: Cell) -> str:
    x, heights = column_x(cell), unit_heights(cell)
    out = dropped(cell, len(heights))
    units = [
        _dropped_unit(cell, x, y) if i in out else _unit(cell, i, x, y)
        for i, y in enumerate(heights)
    ]
    return "".join(units) + _dots(cell, x, heights) + _class_labels(cell, x, heights)


def _unit(cell: Cell, place: int, x: float, y: float) -> str:
    colour = cell.colour
    if cell.type == "Output":
        colour = palette.class_colour(_class_of(cell, place))
    return element("circle", cx=x, cy=y, r=RADIUS, fill=colour)


def _dropped_unit(cell: Cell, x: float, y: float) -> str:
    ring = element("circle", cx=x, cy=y, r=RADIUS - 0.7, fill="none", stroke=cell.colour,
                   stroke_width=1.4, stroke_dasharray="2.5 2")  # fmt: skip
    cross = element("path", d=_cross(x, y, 2.6), stroke="currentColor", stroke_width=1.3)
    return ring + cross


def _dots(cell: Cell, x: float, heights: list[float]) -> str:
    if not cell.shape or len(heights) == cell.shape[0]:
        return ""
    return "".join(
        element("circle", cx=x, cy=cell.y + offset, r=1.4, fill="currentColor")
        for offset in (-5, 0, 5)
    )


def _class_of(cell: Cell, place: int) -> int:
    """The class that the drawn unit number `place` stands for."""
    classes, drawn = (cell.shape or (0,))[0], len(unit_heights(cell))
    return place if place < drawn / 2 else classes - drawn + place


def _class_labels(cell: Cell, x: float, heights: list[float]) -> str:
    if cell.type != "Output" or cell.shape == (1,):  # a number is no class
        return ""
    labels = [_class_label(cell, _class_of(cell, place)) for place in range(len(heights))]
    return "".join(
        text(x + 13, y + 4, label, font_size=12, text_anchor="start")
        for label, y in zip(labels, heights, strict=True)
    )


def _class_label(cell: Cell, label: int) -> str:
    name = str(cell.class_names[label]) if label < len(cell.class_names) else str(label)
    fits = int((cell.slot / 2 + 12) / 6.2)
    return name if len(name) <= fits else name[: fits - 1] + "…"


# Strips of values, and what is not known.


def _strip(cell: Cell) -> str:
    left, top, width, height = strip_box(cell)
    step = height / STRIP_CELLS
    strengths, out = _strengths(cell), dropped(cell, STRIP_CELLS)
    ink = "#fff" if cell.pixels is not None else cell.colour
    values = [
        _value(left, top + i * step, step, ink, None if i in out else strengths[i])
        for i in range(STRIP_CELLS)
    ]
    ground = "#10141f" if cell.pixels is not None else "none"
    frame = element("rect", x=left, y=top, width=width, height=height, rx=2, fill=ground,
                    stroke=cell.colour, stroke_width=1.4)  # fmt: skip
    return frame + "".join(values)


def _value(left: float, top: float, step: float, ink: str, strength: float | None) -> str:
    if strength is None:
        cross = _cross(left + STRIP_WIDTH / 2, top + step / 2, step / 3.5)
        return element("path", d=cross, stroke="currentColor", stroke_width=1.1)
    return element("rect", x=left + 1.5, y=top + 1, width=STRIP_WIDTH - 3, height=step - 2,
                   fill=ink, fill_opacity=strength)  # fmt: skip


def _strengths(cell: Cell) -> list[float]:
    """How strongly each part of a strip is inked: the image's own values where there is one."""
    if cell.pixels is not None:
        values = cell.pixels.ravel()
        return values[np.linspace(0, len(values) - 1, STRIP_CELLS).astype(int)].tolist()
    return np.random.default_rng(7).uniform(0.2, 0.9, STRIP_CELLS).tolist()


def _unknown(cell: Cell) -> str:
    box = element("rect", x=cell.x - 28, y=cell.y - 28, width=56, height=56, rx=8, fill="none",
                  stroke="currentColor", stroke_opacity=0.45, stroke_dasharray="5 4")  # fmt: skip
    return box + text(cell.x, cell.y + 8, "?", font_size=24, fill_opacity=0.55)
