"""Points of the plane in the colours of their targets, and what a network answers between them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.boundary import field_image
from nnlab.figures.diverging import SCALE, coloured
from nnlab.figures.points import part_legend, part_marker, reach_of, square_layout

# Targets lie within; answers beyond have the colours of the ends.
LIMIT = 1.0
# Below the square, which is as wide as the page lets it be high.
_BAR = {
    "title": {"text": "value", "side": "top"}, "thickness": 10, "outlinewidth": 0,
    "orientation": "h", "len": 0.5, "x": 0.5, "y": -0.12, "yanchor": "top",
}  # fmt: skip
# So that a point stands out from a page, or a field, of its own colour.
_RIM = {"color": palette.GREY, "width": 0.8}


def valued_points(
    points: NDArray[np.float64],
    targets: NDArray[np.floating],
    parts: Mapping[str, NDArray[np.int64]],
    title: str,
) -> dict[str, Any]:
    """A colour by target, a mark a part of the data, and a colour bar.

    Args:
        points: float (n, 2).
        targets: float (n,), from -1 to 1.
        parts: part ("training", "validation", "test") to positions among the points.
        title: of the chart.
    """
    shown = {part: positions for part, positions in parts.items() if len(positions)}
    traces = [
        *(part_legend(part) for part in shown),
        *(_trace(points[chosen], targets[chosen], part) for part, chosen in shown.items()),
    ]
    layout = square_layout(title, reach_of(points))
    layout["coloraxis"] = {
        "colorscale": SCALE,
        "cmin": -LIMIT,
        "cmax": LIMIT,
        "colorbar": _BAR,
    }
    layout["margin"] |= {"b": 96}
    return {"data": traces, "layout": layout}


def valued_field(
    field: NDArray[np.floating],
    reach: float,
    points: NDArray[np.float64],
    targets: NDArray[np.floating],
    parts: Mapping[str, NDArray[np.int64]],
    title: str,
) -> dict[str, Any]:
    """The points over what a network answers, in one scale.

    Args:
        field: answers (side, side, 1), rows upwards.
        reach: the grid goes from -reach to reach.
        points, targets, parts, title: as for `valued_points`.
    """
    figure = valued_points(points, targets, parts, title)
    pixels = coloured(field[..., 0], LIMIT)
    figure["layout"]["images"] = [field_image(pixels, reach)]
    return figure


def _trace(points: NDArray[np.float64], targets: NDArray[np.floating], part: str) -> dict[str, Any]:
    values = targets.astype(float).round(3).tolist()
    return {
        "type": "scatter",
        "mode": "markers",
        "name": part,
        "legendgroup": part,
        "showlegend": False,
        "x": points[:, 0].round(3).tolist(),
        "y": points[:, 1].round(3).tolist(),
        "customdata": values,
        "marker": part_marker("", part) | {"color": values, "coloraxis": "coloraxis", "line": _RIM},
        "hovertemplate": f"target %{{customdata:.2f}}, {part}<br>x %{{x:.2f}}, y %{{y:.2f}}"
        "<extra></extra>",
    }
