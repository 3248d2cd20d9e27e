"""A digit drawn by hand, as the canvas of the Draw page tells it: strokes and pixels."""

import base64
import io
import random
from typing import Any

from PIL import Image, ImageDraw

SIDE, PEN = 336, 22
BLACK = "#000000"
# Corners as shares of the canvas; each digit of one stroke.
_DIGITS = {
    0: [(0.5, 0.2), (0.34, 0.35), (0.34, 0.65), (0.5, 0.8), (0.66, 0.65), (0.66, 0.35), (0.5, 0.2)],
    1: [(0.42, 0.3), (0.52, 0.18), (0.52, 0.82)],
    2: [(0.34, 0.32), (0.5, 0.2), (0.64, 0.34), (0.34, 0.8), (0.68, 0.8)],
    3: [(0.36, 0.22), (0.62, 0.24), (0.46, 0.48), (0.64, 0.64), (0.5, 0.8), (0.34, 0.74)],
    7: [(0.32, 0.22), (0.68, 0.22), (0.46, 0.82)],
}


def clean_sheet() -> dict[str, Any]:
    """What the canvas tells when nothing is drawn."""
    return _value([], Image.new("RGBA", (SIDE, SIDE), BLACK))


def drawn_digit(chance: random.Random) -> dict[str, Any]:
    """What the canvas tells after one digit."""
    corners = _DIGITS[chance.choice(list(_DIGITS))]
    points = [
        (SIDE * (x + chance.uniform(-0.03, 0.03)), SIDE * (y + chance.uniform(-0.03, 0.03)))
        for x, y in corners
    ]
    image = Image.new("RGBA", (SIDE, SIDE), BLACK)
    ImageDraw.Draw(image).line(points, "white", PEN, joint="curve")
    return _value([_path(points)], image)


def _path(points: list[tuple[float, float]]) -> dict[str, Any]:
    """A stroke as an object of Fabric.js."""
    xs, ys = zip(*points, strict=True)
    commands = [["L" if place else "M", round(x, 3), round(y, 3)]
                for place, (x, y) in enumerate(points)]  # fmt: skip
    return {
        "type": "Path", "version": "7.4.0", "originX": "center", "originY": "center",
        "left": (min(xs) + max(xs)) / 2, "top": (min(ys) + max(ys)) / 2,
        "width": max(xs) - min(xs), "height": max(ys) - min(ys),
        "fill": None, "stroke": "#ffffff", "strokeWidth": PEN, "strokeLineCap": "round",
        "scaleX": 1, "scaleY": 1, "angle": 0, "flipX": False, "flipY": False, "path": commands,
    }  # fmt: skip


def _value(objects: list[dict[str, Any]], image: Image.Image) -> dict[str, Any]:
    stream = io.BytesIO()
    image.save(stream, "PNG")
    data = base64.b64encode(stream.getvalue()).decode("ascii")
    raw = {"version": "7.4.0", "objects": objects, "background": BLACK}
    return {"drawing": {"raw": raw, "data": f"data:image/png;base64,{data}"}}
