"""A line small enough for a list."""

from collections.abc import Sequence
from html import escape
from math import isfinite

import numpy as np

from nnlab.analysis.thinning import thin
from nnlab.figures import palette

_EDGE = 3.0
_AT_MOST = 60


def sparkline_svg(
    values: Sequence[float | None],
    width: int = 96,
    height: int = 24,
    label: str = "History",
    colour: str = palette.TRAINING,
) -> str:
    """An SVG of `width` × `height` pixels: the values from left to right, the last one marked.

    The line fills the height. None, NaN and infinity are gaps; with no number at all the picture
    is empty and says so. `label` says what the values are, for those who cannot see the line.
    """
    places = _places(values, width, height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><title>{escape(_words(values, label))}</title>'
        f"{_drawing(places, colour)}</svg>"
    )


def _words(values: Sequence[float | None], label: str) -> str:
    known = [value for value in values if value is not None and isfinite(value)]
    if not known:
        return f"{label}: no values yet"
    return f"{label}: from {known[0]:.3g} to {known[-1]:.3g} in {len(known)} values"


def _places(
    values: Sequence[float | None], width: int, height: int
) -> list[tuple[float, float | None]]:
    """Pixel positions, y None for a gap."""
    x, y = thin(np.arange(len(values)), np.array(values, dtype=float), _AT_MOST)
    finite = y[np.isfinite(y)]
    if not len(finite):
        return []
    low, span = finite.min(), finite.max() - finite.min()
    across = _EDGE + (width - 2 * _EDGE) * x / max(len(values) - 1, 1)
    share = (y - low) / span if span else y - low + 0.5
    down = height - _EDGE - (height - 2 * _EDGE) * share
    return [(a, d if isfinite(d) else None) for a, d in zip(across, down, strict=True)]


def _drawing(places: list[tuple[float, float | None]], colour: str) -> str:
    if not places:
        return ""
    path, pen = "", "M"
    last = places[0]
    for x, y in places:
        if y is None:
            pen = "M"
            continue
        path += f"{pen}{x:.1f} {y:.1f}"
        pen, last = "L", (x, y)
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.5" '
        f'stroke-linejoin="round"/><circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="2.2" '
        f'fill="{colour}"/>'
    )
