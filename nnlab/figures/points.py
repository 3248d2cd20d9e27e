"""Points of the plane in their classes' colours, as Plotly figures (plain dicts)."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.datasets.own import PLAIN_AXES, Axis
from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout

HEIGHT = 580
# Most points lie within; the axes reach as far at least, so that a slider moves points only.
REACH = 6.5
_MARKS = {"training": "circle", "validation": "diamond", "test": "x"}
_SIZES = {"training": 6, "validation": 7, "test": 7}


def points_figure(
    points: NDArray[np.float64],
    labels: NDArray[np.int64],
    parts: Mapping[str, NDArray[np.int64]],
    class_names: Sequence[str],
    title: str,
    axes: tuple[Axis, Axis] = PLAIN_AXES,
) -> dict[str, Any]:
    """A colour a class, a mark a part of the data.

    Args:
        points: float (n, 2).
        labels: int (n,), class numbers.
        parts: part ("training", "validation", "test") to positions among the points.
        class_names: in the order of the class numbers.
        title: of the chart.
        axes: what x and y stand for.
    """
    shown = {part: positions for part, positions in parts.items() if len(positions)}
    traces = [
        *(_class_legend(label, name) for label, name in enumerate(class_names)),
        *(part_legend(part) for part in shown),
        *point_traces(points, labels, shown, class_names),
    ]
    return {"data": traces, "layout": square_layout(title, reach_of(points), axes)}


def point_traces(
    points: NDArray[np.float64],
    labels: NDArray[np.int64],
    parts: Mapping[str, NDArray[np.int64]],
    class_names: Sequence[str],
) -> list[dict[str, Any]]:
    """The points alone, as traces without a place in the legend; see `points_figure`."""
    return [
        _trace(points[chosen], label, name, part)
        for part, positions in parts.items()
        for label, name in enumerate(class_names)
        if len(chosen := positions[labels[positions] == label])
    ]


def reach_of(points: NDArray[np.float64]) -> float:
    """How far the axes go in each direction."""
    return max(REACH, ceil(2 * float(np.abs(points).max())) / 2)


def square_layout(title: str, reach: float, axes: tuple[Axis, Axis] = PLAIN_AXES) -> dict[str, Any]:
    """A layout in which a step is as long upwards as it is to the right."""
    made = layout(title, HEIGHT)
    made["margin"] |= {"t": 92}  # on a narrow page the legend has two lines
    x, y = (_axis(each, reach) | {"constrain": "domain"} for each in axes)
    made["xaxis"], made["yaxis"] = x, y | {"scaleanchor": "x"}
    return made


def _axis(wanted: Axis, reach: float) -> dict[str, Any]:
    """Where a column was scaled, its own numbers stand at the axis."""
    made = axis(wanted.name, -reach, reach)
    if not wanted.scaled:
        return made
    low, high = (float(wanted.value(np.array(end))) for end in (-reach, reach))
    power = 10.0 ** np.floor(np.log10(high - low))
    step = next(part * power for part in (0.1, 0.2, 0.5, 1, 2) if (high - low) <= 8 * part * power)
    values = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    places = wanted.place(values)
    ticks = {"tickvals": places.tolist(), "ticktext": [f"{value:.6g}" for value in values]}
    return made | {"tickmode": "array", **ticks}


def _trace(points: NDArray[np.float64], label: int, name: str, part: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": f"{name}, {part}",
        "legendgroup": name,
        "showlegend": False,
        "x": points[:, 0].round(3).tolist(),
        "y": points[:, 1].round(3).tolist(),
        "marker": part_marker(palette.class_colour(label), part),
        "hovertemplate": f"class {name}, {part}<br>x %{{x:.2f}}, y %{{y:.2f}}<extra></extra>",
    }


def part_marker(colour: str, part: str) -> dict[str, Any]:
    """A mark of a part of the data."""
    return {"color": colour, "symbol": _MARKS[part], "size": _SIZES[part]}


def _legend(name: str, colour: str, part: str, group: str) -> dict[str, Any]:
    """A line of the legend; its point lies nowhere."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "legendgroup": group,
        "x": [None],
        "y": [None],
        "marker": part_marker(colour, part),
        "hoverinfo": "skip",
    }


def _class_legend(label: int, name: str) -> dict[str, Any]:
    return _legend(f"class {name}", palette.class_colour(label), "training", name)


def part_legend(part: str) -> dict[str, Any]:
    """A line of the legend that shows the mark of a part."""
    return _legend(part, palette.NEUTRAL, part, part)
