"""Numbers of several digits, put together from the digits that one person wrote with a pen."""

import random
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

HEIGHT, WIDTH = 336, 672
_FINER = 2  # drawn at twice the size and averaged, for soft edges

Points = NDArray[np.float64]
Ink = NDArray[np.uint8]


@dataclass(frozen=True)
class Number:
    """A number on a canvas, uint8 (HEIGHT, WIDTH, 4).

    `inks` are its digits alone, uint8 (HEIGHT, WIDTH) each, from left to right; `strokes` what a
    canvas reports: paths of Fabric.js, in the order of writing.
    """

    canvas: Ink
    inks: list[Ink]
    labels: list[int]
    strokes: list[dict[str, Any]]


def number(samples: list[dict[str, Any]], rng: random.Random, gap: float, fitted: bool) -> Number:
    """The samples side by side, sizes and heights of their baseline differing by some 10 %.

    Args:
        samples: digits of the file of pen digits.
        rng: where the accidents come from.
        gap: between neighbours, as a share of a digit's width; less than 0 for ink that overlaps.
        fitted: the gap is measured row by row, so that slanted digits reach over one another, and
            all are slanted a little more; else it lies between the boxes around them.
    """
    slant = rng.uniform(0, 0.3) if fitted else 0.0
    shapes = [_shape(sample["strokes"], rng, slant) for sample in samples]
    pen = rng.uniform(0.07, 0.14)
    placed: list[list[Points]] = []
    for shape in shapes:
        placed.append(_beside(placed, shape, gap, pen, fitted))
    return _drawn(placed, pen, [sample["label"] for sample in samples], rng)


def _shape(strokes: list[list[list[float]]], rng: random.Random, slant: float) -> list[Points]:
    """The strokes at about their size, standing about on the line y = 0."""
    size = rng.uniform(0.85, 1.15)
    shape = [np.asarray(stroke, float) * size for stroke in strokes]
    bottom = max(points[:, 1].max() for points in shape) + rng.uniform(-0.1, 0.1)
    return [points @ [[1, 0], [-slant, 1]] - [0, bottom] for points in shape]


def _beside(
    placed: list[list[Points]], shape: list[Points], gap: float, pen: float, fitted: bool
) -> list[Points]:
    """The shape moved to the right of the last one that was placed."""
    if not placed:
        return shape
    last, this = _edges(placed[-1], pen)[1], _edges(shape, pen)[0]
    width = np.ptp(np.concatenate(shape)[:, 0]) + pen
    across = last[np.isfinite(last)].max() - this[np.isfinite(this)].min()
    if fitted and np.isfinite(last - this).any():
        across = (last - this)[np.isfinite(last - this)].max()
    return [points + np.array([across + gap * width, 0.0]) for points in shape]


def _edges(shape: list[Points], pen: float) -> tuple[Points, Points]:
    """Leftmost and rightmost ink in each of 60 rows from y = -1.6 to 0.4; infinite without."""
    rows = np.linspace(-1.6, 0.4, 60)
    x, y = np.concatenate([_dense(points) for points in shape]).T
    near = np.abs(rows[:, None] - y) <= pen / 2 + 0.02
    left = np.where(near, x - pen / 2, np.inf).min(axis=1)
    return left, np.where(near, x + pen / 2, -np.inf).max(axis=1)


def _dense(points: Points) -> Points:
    steps = np.linspace(0, len(points) - 1, max(2, 4 * len(points)))
    known = np.arange(len(points))
    return np.stack([np.interp(steps, known, points[:, axis]) for axis in (0, 1)], axis=1)


def _drawn(placed: list[list[Points]], pen: float, labels: list[int], rng: random.Random) -> Number:
    """The digits at a random size and place on the canvas."""
    everything = np.concatenate([points for shape in placed for points in shape])
    low, high = everything.min(axis=0) - pen / 2 - 0.02, everything.max(axis=0) + pen / 2 + 0.02
    room = np.array([WIDTH, HEIGHT])
    side = min(rng.uniform(0.3, 0.7) * HEIGHT, *(room / (high - low)))
    corner = [rng.uniform(0, free) for free in room - (high - low) * side]
    shapes = [[(points - low) * side + corner for points in shape] for shape in placed]
    inks = [_ink(shape, pen * side) for shape in shapes]
    grey = np.max(inks, axis=0)
    canvas = np.dstack([grey, grey, grey, np.full_like(grey, 255)])
    return Number(canvas, inks, labels, [path(p, pen * side) for shape in shapes for p in shape])


def _ink(shape: list[Points], pen: float) -> Ink:
    image = Image.new("L", (WIDTH * _FINER, HEIGHT * _FINER))
    brush, radius = ImageDraw.Draw(image), pen * _FINER / 2
    for stroke in shape:
        points = [(x * _FINER, y * _FINER) for x, y in stroke]
        if len(points) > 1:
            brush.line(points, fill=255, width=round(pen * _FINER))
        for x, y in points:
            brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(image.resize((WIDTH, HEIGHT), Image.Resampling.BOX))


def path(points: Points, pen: float) -> dict[str, Any]:
    """A stroke as Fabric.js reports it: from point to point in curves, the end straight."""
    (x, y), (right, bottom) = points[0], points[-1]
    curves = [
        ["Q", *map(float, here), *map(float, (here + there) / 2)]
        for here, there in pairwise(points)
    ]
    commands = [["M", float(x), float(y)], *curves, ["L", float(right), float(bottom)]]
    return {"type": "path", "path": commands, "strokeWidth": pen, "stroke": "#ffffff"}
