"""A loss over two parameters as contours, and what walks on it; parts for Plotly figures."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette

Values = NDArray[np.floating] | Sequence[float]

# The lower, the clearer: what is drawn on it stands out in the valleys, on a light page as on a
# dark one.
_COLOURS = [[0.0, "rgba(138,143,152,0.0)"], [1.0, "rgba(138,143,152,0.5)"]]
_BANDS = 14
# Beyond so many widths of the picture nothing is drawn: a descent that diverges reaches numbers
# that no browser can place.
_FAR = 20.0


def contours(
    x: Values, y: Values, loss: NDArray[np.floating], axes: str = "", logarithmic: bool = True
) -> dict[str, Any]:
    """The loss (len(y), len(x)) as coloured bands.

    Args:
        axes: of a second chart in the figure, as Plotly counts: "2".
        logarithmic: bands by equal ratios, which show a valley's floor as well as its walls.
    """
    heights = np.log10(np.maximum(loss, 1e-9)) if logarithmic else np.asarray(loss)
    low, high = float(heights.min()), float(heights.max())
    return {
        "type": "contour",
        "x": _plain(x),
        "y": _plain(y),
        "z": [_plain(row) for row in heights],
        "xaxis": f"x{axes}",
        "yaxis": f"y{axes}",
        "colorscale": _COLOURS,
        "showscale": False,
        "showlegend": False,
        "line": {"width": 0.6, "color": palette.GREY},
        "contours": {"start": low, "end": high, "size": (high - low) / _BANDS},
        "hoverinfo": "skip",
    }


def path(
    x: Values, y: Values, loss: Values, name: str, colour: str, axes: str = ""
) -> dict[str, Any]:
    """Where a descent went, a mark at each step, as far as it can be drawn."""
    n = drawable_steps(x, y)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": _plain(np.asarray(x)[:n]),
        "y": _plain(np.asarray(y)[:n]),
        "xaxis": f"x{axes}",
        "yaxis": f"y{axes}",
        "customdata": [f"{value:.4g}" for value in np.asarray(loss)[:n]],
        "line": {"color": colour, "width": 1.5},
        "marker": {"color": colour, "size": 4},
        "hovertemplate": "step %{pointNumber}: (%{x:.3f}, %{y:.3f}), loss %{customdata}"
        f"<extra>{name}</extra>",
    }


def mark(
    x: float, y: float, name: str, colour: str, symbol: str, size: int = 12, axes: str = ""
) -> dict[str, Any]:
    """One point with a shape of its own; nothing where it cannot be drawn."""
    there = drawable_steps([x], [y]) > 0
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [round(x, 4)] if there else [],
        "y": [round(y, 4)] if there else [],
        "xaxis": f"x{axes}",
        "yaxis": f"y{axes}",
        "marker": {
            "color": colour,
            "symbol": symbol,
            "size": size,
            "line": {"color": "white", "width": 1.25},
        },
        "hovertemplate": f"(%{{x:.3f}}, %{{y:.3f}})<extra>{name}</extra>",
    }


def drawable_steps(x: Values, y: Values, width: float = 10.0) -> int:
    """How many points of a path come before the first that is not a number or too far out."""
    far = np.maximum(np.abs(np.asarray(x, float)), np.abs(np.asarray(y, float)))
    bad = ~(far < _FAR * width)
    return int(np.argmax(bad)) if bad.any() else len(bad)


def _plain(values: Values) -> list[float]:
    return np.round(np.asarray(values, float), 4).tolist()
