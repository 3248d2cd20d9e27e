"""From what the drawing canvas reports to the way of the pen.

The canvas is Fabric.js's: each stroke is a path of quadratic Bézier curves in the coordinates in
which it was drawn, and the object says where the middle of that path now lies and how it is scaled.
"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.handwriting.checking import DrawingRefused, checked_drawing
from nnlab.runs.drawings import Drawing

# A curve is replaced by pieces that keep this near to it, in pixels.
_TOLERANCE = 0.05
_MOST_PIECES = 64
_ARGUMENTS = {"M": 2, "L": 2, "Q": 4}

Points = NDArray[np.float64]


def drawing_of(objects: list[dict[str, Any]], label: int, canvas: int) -> Drawing:
    """The drawing that is on a canvas of `canvas` pixels a side.

    Args:
        objects: the canvas's strokes, Fabric.js objects as JSON.
        label: the digit that it shows.
        canvas: side of the canvas in pixels.

    Raises:
        DrawingRefused: an object is no stroke of a pen, or the drawing is too long to be kept.
    """
    strokes, pens = [], []
    for index, described in enumerate(objects):
        try:
            strokes.append(polyline(described).tolist())
            pens.append(float(described["strokeWidth"]) * abs(described.get("scaleX", 1)))
        except (KeyError, TypeError, ValueError, IndexError):
            message = "is not a stroke that was drawn with the pen"
            raise DrawingRefused(f"strokes[{index}]", message) from None
    data = {"label": label, "canvas": canvas, "pen": pens, "strokes": strokes}
    return checked_drawing(data)


def polyline(described: dict[str, Any]) -> Points:
    """The way of the pen of one Fabric.js path, float (n, 2) in canvas pixels.

    Raises:
        KeyError, TypeError, ValueError, IndexError: it is no path of moves, lines and curves.
    """
    if described["type"].lower() != "path":
        raise ValueError("not a path")
    commands = [_command(command) for command in described["path"]]
    points, extremes = _flattened(commands)
    return _placed(points, extremes, described)


def _command(command: Any) -> tuple[str, Points]:
    name, *numbers = command
    if len(numbers) != _ARGUMENTS[name]:
        raise ValueError(f"{name} with {len(numbers)} numbers")
    values = np.asarray(numbers, np.float64)
    if not np.isfinite(values).all():
        raise ValueError("not a finite number")
    return name, values.reshape(-1, 2)


def _flattened(commands: list[tuple[str, Points]]) -> tuple[Points, Points]:
    """Points along the path, and points between which it lies exactly."""
    if not commands or commands[0][0] != "M" or "M" in [name for name, _ in commands[1:]]:
        raise ValueError("a stroke is one move and what follows")
    points, extremes = [commands[0][1][0]], [commands[0][1][0]]
    for name, values in commands[1:]:
        start, end = points[-1], values[-1]
        if name == "Q":
            points.extend(_curve(start, values[0], end))
            extremes.extend(_turns(start, values[0], end))
        points.append(end)
        extremes.append(end)
    return np.array(points), np.array(extremes)


def _curve(start: Points, control: Points, end: Points) -> Iterator[Points]:
    """Points of the curve between its ends.

    A chord over a step h lies within |B''| h² / 8 of the curve, and |B''| = 2 |p0 - 2 p1 + p2|.
    """
    bend = float(np.hypot(*(start - 2 * control + end)))
    pieces = min(_MOST_PIECES, math.ceil(math.sqrt(bend / (4 * _TOLERANCE))))
    for step in range(1, pieces):
        yield _at(start, control, end, step / pieces)


def _turns(start: Points, control: Points, end: Points) -> Iterator[Points]:
    """Where Fabric.js lets the curve turn back in x or y.

    For an object's extent it takes the curve for a cubic one with the control point twice, whose
    derivative is 3 [(1 - t)² (c - p0) + t² (p1 - c)]. The object's place is the middle of that.
    """
    for axis in (0, 1):
        before, after = control[axis] - start[axis], control[axis] - end[axis]
        if before * after > 0:
            t = 1 / (1 + math.sqrt(after / before))
            outer = (1 - t) ** 3 * start + t**3 * end
            yield outer + 3 * t * (1 - t) * control


def _at(start: Points, control: Points, end: Points, t: float) -> Points:
    return (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end


def _placed(points: Points, extremes: Points, described: dict[str, Any]) -> Points:
    """Moved, turned and scaled as the object says; freshly drawn strokes stay where they are."""
    low, high = extremes.min(axis=0), extremes.max(axis=0)
    scale = np.array([described.get("scaleX", 1), described.get("scaleY", 1)], np.float64)
    flips = [-1 if described.get(name) else 1 for name in ("flipX", "flipY")]
    angle = math.radians(described.get("angle", 0))
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    size = (high - low + described["strokeWidth"]) * scale
    from_middle = np.array(
        [
            {"left": 0.5, "center": 0.0, "right": -0.5}[described.get("originX", "left")],
            {"top": 0.5, "center": 0.0, "bottom": -0.5}[described.get("originY", "top")],
        ]
    )
    middle = np.array([described["left"], described["top"]], np.float64)
    middle = middle + (from_middle * size) @ turn
    return ((points - (low + high) / 2) * scale * flips) @ turn + middle
