"""The strokes that a canvas reports: objects of Fabric.js, as JSON."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

# A path's commands and how many numbers each has; the last two are the point it leads to.
_NUMBERS = {"M": 2, "L": 2, "Q": 4, "C": 6}


def points_of(stroke: Any) -> NDArray[np.float64]:
    """The points (n, 2), x and y in pixels, that a stroke leads through; (0, 2) if unreadable.

    Control points of curves are left out: a hand's points are close to each other.
    """
    commands = stroke.get("path") if isinstance(stroke, dict) else None
    points = [_end(command) for command in commands] if isinstance(commands, list) else []
    known = [point for point in points if point is not None]
    return np.array(known, float).reshape(-1, 2)


def _end(command: Any) -> tuple[float, float] | None:
    if not isinstance(command, list) or not command:
        return None
    numbers = command[1:]
    if len(numbers) != _NUMBERS.get(str(command[0])):
        return None
    if not all(isinstance(n, int | float) and abs(n) < 1e6 for n in numbers):
        return None
    return float(numbers[-2]), float(numbers[-1])


def owners(strokes: Sequence[Any], shape: tuple[int, int]) -> NDArray[np.int32] | None:
    """For each pixel of (height, width) the number of the nearest stroke; None without strokes."""
    from scipy.ndimage import distance_transform_edt

    lines = [points_of(stroke) for stroke in strokes]
    seeds = np.full(shape, -1, np.int32)
    for index, line in enumerate(lines):
        rows, columns = _pixels(line, shape)
        seeds[rows, columns] = index
    if not np.any(seeds >= 0):
        return None
    nearest = distance_transform_edt(seeds < 0, return_distances=False, return_indices=True)
    owned: NDArray[np.int32] = seeds[tuple(nearest)]
    return owned


def _pixels(line: NDArray[np.float64], shape: tuple[int, int]) -> tuple[NDArray[np.intp], ...]:
    """Rows and columns of a line's pixels inside the canvas."""
    if not len(line):
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    lengths = np.abs(np.diff(line, axis=0)).max(axis=1, initial=0.0)
    places = np.concatenate([[0.0], np.cumsum(lengths)])
    steps = np.linspace(0, places[-1], 2 + int(min(places[-1], 10 * sum(shape))))
    x, y = (np.rint(np.interp(steps, places, line[:, axis])).astype(np.intp) for axis in (0, 1))
    inside = (y >= 0) & (y < shape[0]) & (x >= 0) & (x < shape[1])
    return y[inside], x[inside]
