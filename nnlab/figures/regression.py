"""A line through points beside the loss of every line, as one Plotly figure (plain dict)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.landscape import contours, drawable_steps, mark, path
from nnlab.figures.lesson import axis, layout

HEIGHT = 310
SLOPES, INTERCEPTS = (-1.5, 8.5), (-6.5, 4.5)  # of the loss surface
_X, _Y = (0.5, 5.5), (-8.0, 24.0)  # of the points
_GAP = (0.43, 0.57)  # between the two charts, as shares of the width
YOURS, DESCENT, BEST = palette.BLUE, palette.VERMILLION, palette.GREEN


@dataclass(frozen=True)
class Line:
    """y = slope · x + intercept."""

    slope: float
    intercept: float

    def at(self, x: NDArray[np.floating]) -> NDArray[np.floating]:
        """The line's y at each `x` (n,)."""
        return self.slope * np.asarray(x, float) + self.intercept


def regression_figure(
    surface: Mapping[str, Any], descent: Mapping[str, NDArray[np.floating]], step: int, yours: Line
) -> dict[str, Any]:
    """Left the points and two lines, right the loss over slope and intercept.

    Args:
        surface: answer of `nnlab.lessons.linear_regression.surface`.
        descent: answer of `descent` from the same module.
        step: how many of its steps are shown.
        yours: the line that the sliders set; its residuals are drawn, and the descent begins
            there.
    """
    now = Line(float(descent["slope"][step]), float(descent["intercept"][step]))
    return {
        "data": [
            *_lines(surface["x"], surface["y"], yours, now, step),
            *_landscape(surface, descent, step, yours),
        ],
        "layout": layout("A line through the points, and the loss of every line", HEIGHT) | _axes(),
    }


def _lines(
    x: NDArray[np.floating], y: NDArray[np.floating], yours: Line, now: Line, step: int
) -> list[dict[str, Any]]:
    traces = [
        _residuals(x, y, yours),
        {
            "type": "scatter",
            "mode": "markers",
            "showlegend": False,
            "x": np.round(x, 2).tolist(),
            "y": np.round(y, 3).tolist(),
            "marker": {"color": palette.GREY, "size": 5},
            "hovertemplate": "(%{x:.1f}, %{y:.2f})<extra></extra>",
        },
        _line(yours, "your line", YOURS, "solid"),
    ]
    if step and drawable_steps([now.slope], [now.intercept]):
        traces.append(_line(now, "descent", DESCENT, "dash"))
    return traces


def _residuals(x: NDArray[np.floating], y: NDArray[np.floating], line: Line) -> dict[str, Any]:
    """From each point straight to the line; a None parts one from the next."""
    ys = np.column_stack([y, line.at(x)]).round(3).tolist()
    return {
        "type": "scatter",
        "mode": "lines",
        "showlegend": False,
        "x": [value for each in np.round(x, 2).tolist() for value in (each, each, None)],
        "y": [value for low, high in ys for value in (low, high, None)],
        "line": {"color": YOURS, "width": 1},
        "opacity": 0.6,
        "hoverinfo": "skip",
    }


def _line(line: Line, name: str, colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "showlegend": False,
        "x": list(_X),
        "y": line.at(np.array(_X)).round(3).tolist(),
        "line": {"color": colour, "width": 2.5, "dash": dash},
        "hoverinfo": "skip",
    }


def _landscape(
    surface: Mapping[str, Any], descent: Mapping[str, NDArray[np.floating]], step: int, yours: Line
) -> list[dict[str, Any]]:
    shown = slice(0, step + 1)
    columns = (descent["slope"][shown], descent["intercept"][shown], descent["loss"][shown])
    now = Line(float(columns[0][-1]), float(columns[1][-1]))
    slope, intercept = surface["best"]
    return [
        contours(surface["slopes"], surface["intercepts"], surface["loss"], axes="2"),
        path(*columns, "descent", DESCENT, axes="2") | {"showlegend": False},
        mark(slope, intercept, "closed form", BEST, "star", 14, axes="2"),
        mark(yours.slope, yours.intercept, "your line", YOURS, "circle", axes="2"),
        mark(now.slope, now.intercept, "gradient descent", DESCENT, "diamond", 10, axes="2"),
    ]


def _axes() -> dict[str, Any]:
    return {
        "margin": {"l": 46, "r": 8, "t": 64, "b": 46},
        "xaxis": axis("x", *_X) | {"domain": [0, _GAP[0]]},
        "yaxis": axis("y", *_Y) | {"title": {"text": "y", "font": {"size": 13}, "standoff": 2}},
        "xaxis2": axis("Slope", *SLOPES) | {"domain": [_GAP[1], 1], "anchor": "y2"},
        "yaxis2": axis("Intercept", *INTERCEPTS) | {"anchor": "x2"},
    }
