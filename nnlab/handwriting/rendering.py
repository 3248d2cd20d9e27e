"""From the way of the pen to pixels, as the drawing canvas shows them."""

import functools
import itertools

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from nnlab.drawing import prepare
from nnlab.runs.drawings import Drawing, Stroke

# Side of what is rendered, whatever canvas was drawn on.
SIDE = 336
_FINER = 6  # drawn so many times larger and averaged, for soft edges
_KEPT = 5_000


def render(drawing: Drawing, side: int = SIDE) -> NDArray[np.uint8]:
    """White ink with round ends and joints on black, uint8 RGBA (side, side, 4)."""
    scale = side * _FINER / drawing.canvas
    image = Image.new("L", (side * _FINER, side * _FINER))
    brush = ImageDraw.Draw(image)
    for stroke, pen in zip(drawing.strokes, drawing.pens, strict=True):
        _draw(brush, stroke, scale, pen * scale)
    grey = np.asarray(image.reduce(_FINER))
    return np.dstack([grey, grey, grey, np.full_like(grey, 255)])


@functools.lru_cache(maxsize=_KEPT)
def prepared(drawing: Drawing, size: int) -> NDArray[np.float32]:
    """What a network with inputs of `size` pixels a side sees: float32 (size, size), 0 to 1."""
    image = prepare(render(drawing), size)
    image.setflags(write=False)  # shared by all who ask
    return image


def _draw(brush: ImageDraw.ImageDraw, stroke: Stroke, scale: float, width: float) -> None:
    radius = width / 2
    points = [(x * scale, y * scale) for x, y in stroke]
    for start, end in itertools.pairwise(points):
        _segment(brush, start, end, radius)
    for x, y in points:  # Pillow fills the pixels that are named as well
        near, far = radius - 0.5, radius - 1
        brush.ellipse((x - near, y - near, x + far, y + far), fill=255)


def _segment(
    brush: ImageDraw.ImageDraw, start: tuple[float, float], end: tuple[float, float], radius: float
) -> None:
    """The rectangle along a segment; Pillow's own thick lines have whole widths only."""
    across = np.array([start[1] - end[1], end[0] - start[0]])
    length = np.hypot(*across)
    if not length:
        return
    dx, dy = across * ((radius - 0.5) / length)  # Pillow fills the outline as well
    corners = [
        (start[0] + dx, start[1] + dy),
        (end[0] + dx, end[1] + dy),
        (end[0] - dx, end[1] - dy),
        (start[0] - dx, start[1] - dy),
    ]
    brush.polygon(corners, fill=255)
