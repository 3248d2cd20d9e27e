"""A unit's weights, those into it and those out of it, as Plotly figures (plain dicts)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import diverging
from nnlab.figures.lesson import axis, layout

IMAGE_HEIGHT, BARS_HEIGHT = 360, 250
# Up to this many bars are named one by one.
_NAMED = 32


def value_image(
    values: NDArray[np.floating[Any]], title: str, unit: str, limit: float | None = None
) -> dict[str, Any]:
    """Numbers (height, width) as squares with a colour bar; each one shows under the pointer.

    Args:
        values: NaN makes a gap.
        title: of the chart.
        unit: what the numbers are, for the colour bar.
        limit: end of the scale to both sides; the largest number if not said.
    """
    end = diverging.furthest(values) if limit is None else limit
    trace = squares(values) | {
        "zmin": -end,
        "zmax": end,
        "colorscale": diverging.SCALE,
        "colorbar": {"title": {"text": unit, "side": "top"}, "thickness": 12, "outlinewidth": 0},
        "hovertemplate": "row %{y}, column %{x}: %{z}<extra></extra>",
    }
    return {"data": [trace], "layout": _square_layout(values.shape, title)}


def squares(values: NDArray[np.floating[Any]]) -> dict[str, Any]:
    """A heat map of numbers (height, width), to be coloured; five digits of each."""
    rows = np.asarray(values, float).tolist()
    shown = [[float(f"{v:.5g}") if np.isfinite(v) else None for v in row] for row in rows]
    return {"type": "heatmap", "z": shown, "hoverongaps": False}


def bare_axes(shape: tuple[int, ...], number: str = "") -> tuple[dict[str, Any], dict[str, Any]]:
    """Axes of an image (height, width): square pixels, the first row on top, no numbers.

    Args:
        shape: of the image.
        number: "2" for the second pair of axes, and so on.
    """
    bare = {"showgrid": False, "zeroline": False, "ticks": "", "showticklabels": False,
            "showline": False, "constrain": "domain", "fixedrange": True}  # fmt: skip
    height, width = shape
    across = bare | {"range": [-0.5, width - 0.5], "anchor": f"y{number}"}
    down = bare | {"range": [height - 0.5, -0.5], "scaleanchor": f"x{number}"}
    return across, down | {"anchor": f"x{number}"}


def _square_layout(shape: tuple[int, ...], title: str) -> dict[str, Any]:
    across, down = bare_axes(shape)
    base = layout(title, IMAGE_HEIGHT)
    margin = {"l": 8, "r": 8, "t": 44, "b": 8}
    return base | {"margin": margin, "xaxis": across, "yaxis": down, "dragmode": False}


def value_bars(
    values: NDArray[np.floating[Any]],
    names: Sequence[str],
    title: str,
    axis_names: tuple[str, str],
) -> dict[str, Any]:
    """A bar for each number (n,), blue above zero and orange below.

    Args:
        values: the numbers; one that is not finite gets no bar.
        names: of the bars, of any text.
        title: of the chart.
        axis_names: across and up.
    """
    shown = [float(f"{v:.5g}") if np.isfinite(v) else None for v in values.tolist()]
    trace = bars(shown) | {
        "customdata": list(names),
        "hovertemplate": "%{customdata}: %{y}<extra></extra>",
    }
    across = axis(axis_names[0]) | {"showgrid": False, "fixedrange": True, "ticks": ""}
    if len(values) <= _NAMED:
        across |= {"tickvals": list(range(len(names))), "ticktext": list(names)}
    up = axis(axis_names[1]) | {"zeroline": True, "fixedrange": True, "automargin": True}
    chart = layout(title, BARS_HEIGHT) | {
        "xaxis": across | {"automargin": True}, "yaxis": up, "showlegend": False,
        "dragmode": False, "bargap": 0.15,
    }  # fmt: skip
    chart["margin"] = chart["margin"] | {"t": 44}
    return {"data": [trace], "layout": chart}


def bars(values: Sequence[float | None]) -> dict[str, Any]:
    """Bars at 0, 1, 2 …, coloured by their sign."""
    colours = [diverging.BELOW if (value or 0) < 0 else diverging.ABOVE for value in values]
    return {
        "type": "bar",
        "x": list(range(len(values))),
        "y": list(values),
        "marker": {"color": colours, "line": {"width": 0}},
    }
