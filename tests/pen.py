"""Digits that people wrote with a pen, drawn on a canvas as a browser would draw them."""

import gzip
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

CANVAS = 280
_FINER = 2  # drawn at twice the size and averaged, for soft edges


def pen_digits(shared_data: Path) -> list[dict[str, Any]]:
    """All samples: dicts with label, writer, source and strokes (longer side 1, y down)."""
    with gzip.open(shared_data / "pen_digits.json.gz", "rt", encoding="utf-8") as file:
        return json.load(file)


def draw(
    strokes: list[list[list[float]]], side: float, left: float, top: float, pen: float
) -> NDArray[np.uint8]:
    """The strokes as white ink with round ends and joints on a black canvas, uint8 RGBA.

    `side` is the length in pixels that 1 stands for, `left` and `top` where (0, 0) lies.
    """
    image = Image.new("L", (CANVAS * _FINER, CANVAS * _FINER))
    brush, radius = ImageDraw.Draw(image), pen * _FINER / 2
    for stroke in strokes:
        points = [((left + x * side) * _FINER, (top + y * side) * _FINER) for x, y in stroke]
        if len(points) > 1:
            brush.line(points, fill=255, width=round(pen * _FINER))
        for x, y in points:
            brush.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    grey = np.asarray(image.resize((CANVAS, CANVAS), Image.Resampling.BOX))
    return np.dstack([grey, grey, grey, np.full_like(grey, 255)])


def drawings(shared_data: Path, count: int, seed: int = 0) -> tuple[NDArray[np.uint8], list[int]]:
    """Random samples anywhere on the canvas at 35-80 % of it, pen 12-24 pixels, and their labels.

    Returns:
        uint8 (count, CANVAS, CANVAS, 4) and the labels.
    """
    rng = random.Random(seed)
    chosen = rng.sample(pen_digits(shared_data), count)
    canvases = [anywhere(sample["strokes"], rng) for sample in chosen]
    return np.stack(canvases), [sample["label"] for sample in chosen]


def anywhere(strokes: list[list[list[float]]], rng: random.Random) -> NDArray[np.uint8]:
    """The strokes at a random place and size, with a random pen."""
    pen = rng.uniform(12, 24)
    side = rng.uniform(0.35, 0.80) * CANVAS - pen
    points = np.concatenate([np.asarray(stroke) for stroke in strokes])
    width, height = np.ptp(points, axis=0) * side
    left = rng.uniform(pen / 2, CANVAS - pen / 2 - width)
    top = rng.uniform(pen / 2, CANVAS - pen / 2 - height)
    return draw(strokes, side, left, top, pen)


def on_screen(
    strokes: list[list[list[float]]], rng: random.Random
) -> list[list[tuple[float, float]]]:
    """The strokes at a random place and size, as shares of the canvas for a mouse to follow.

    Every second point at most: a mouse moves on in straight lines between them.
    """
    side = rng.uniform(0.4, 0.75)
    points = np.concatenate([np.asarray(stroke) for stroke in strokes])
    width, height = np.ptp(points, axis=0) * side
    left, top = rng.uniform(0.06, 0.94 - width), rng.uniform(0.06, 0.94 - height)
    return [
        [(left + x * side, top + y * side) for x, y in [*stroke[:-1:2], stroke[-1]]]
        for stroke in strokes
    ]
