"""The one place where what is said to be a drawing is found to be one, or not."""

import math
from typing import Any

from nnlab.runs.drawings import Drawing, Point, Stroke

LABELS = (0, 9)
CANVASES = (28, 4096)  # pixels a side
MOST_STROKES = 100  # of a drawing
MOST_POINTS = 2_000  # of a drawing
# Smallest and largest pen as shares of the canvas's side.
_PENS = (1 / 336, 1 / 4)
_FIELDS = ("label", "canvas", "pen", "strokes")


class DrawingRefused(ValueError):
    """This is no drawing that can be kept; the text names the place and what is allowed."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place} {message}.")


def checked_drawing(data: Any, place: str = "drawing") -> Drawing:
    """The drawing that `data` describes: label, canvas, pen and strokes, as in the files.

    Coordinates may lie outside the canvas by its own side, since a pen may leave the paper. They
    are rounded to a tenth of a pixel.

    Args:
        data: what `json.loads` returns for one drawing.
        place: where it stands, for messages.

    Raises:
        DrawingRefused: with the place and what is allowed there.
    """
    if not isinstance(data, dict):
        raise DrawingRefused(place, f"must be a mapping with {', '.join(_FIELDS)}")
    for name in data:
        if name not in _FIELDS:
            known = ", ".join(_FIELDS)
            raise DrawingRefused(place, f"has an unknown field {_short(name)}; known are {known}")
    for name in _FIELDS:
        if name not in data:
            raise DrawingRefused(place, f"has no {name}")
    label = _whole(data["label"], LABELS, f"{place}.label")
    canvas = _whole(data["canvas"], CANVASES, f"{place}.canvas")
    strokes = _strokes(data["strokes"], canvas, f"{place}.strokes")
    return Drawing(label, canvas, _pens(data["pen"], canvas, len(strokes), place), strokes)


def _whole(value: Any, allowed: tuple[int, int], place: str) -> int:
    low, high = allowed
    if type(value) is not int or not low <= value <= high:
        message = f"must be a whole number from {low} to {high:,}, not {_short(value)}"
        raise DrawingRefused(place, message)
    return value


def _strokes(data: Any, canvas: int, place: str) -> tuple[Stroke, ...]:
    if not isinstance(data, list) or not 1 <= len(data) <= MOST_STROKES:
        raise DrawingRefused(place, f"must be a list of 1 to {MOST_STROKES} strokes{_many(data)}")
    points = sum(len(stroke) for stroke in data if isinstance(stroke, list))
    if points > MOST_POINTS:
        message = f"may have {MOST_POINTS:,} points in all, not {points:,}"
        raise DrawingRefused(place, message)
    return tuple(_stroke(stroke, canvas, f"{place}[{i}]") for i, stroke in enumerate(data))


def _stroke(data: Any, canvas: int, place: str) -> Stroke:
    if not isinstance(data, list) or not data:
        raise DrawingRefused(place, "must be a list of points, [[x, y], …]")
    return tuple(_point(point, canvas, f"{place}[{i}]") for i, point in enumerate(data))


def _point(data: Any, canvas: int, place: str) -> Point:
    if not isinstance(data, list) or len(data) != 2:
        raise DrawingRefused(place, "must be two numbers, [x, y]")
    x, y = (_number(value, -canvas, 2 * canvas, place) for value in data)
    return x, y


def _pens(data: Any, canvas: int, strokes: int, place: str) -> tuple[float, ...]:
    """One width for all strokes, or one for each."""
    low, high = canvas * _PENS[0], canvas * _PENS[1]
    place = f"{place}.pen"
    if not isinstance(data, list):
        return (_number(data, low, high, place),) * strokes
    if len(data) != strokes:
        message = f"must be one width or one for each of the {strokes} strokes, not {len(data)}"
        raise DrawingRefused(place, message)
    return tuple(_number(width, low, high, f"{place}[{i}]") for i, width in enumerate(data))


def _number(value: Any, low: float, high: float, place: str) -> float:
    known = isinstance(value, int | float) and not isinstance(value, bool)
    if not known or not low <= value <= high or not math.isfinite(value):
        message = f"must be a number from {low:.4g} to {high:.4g}, not {_short(value)}"
        raise DrawingRefused(place, message)
    return round(float(value), 1)


def _many(data: Any) -> str:
    return f", not {len(data):,}" if isinstance(data, list) else ""


def _short(value: Any) -> str:
    """What was found, in few words whatever it is."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a mapping"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**15:
        return "a huge number"
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
