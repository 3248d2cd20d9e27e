"""How a trained network does when something is otherwise, as Plotly figures (plain dicts)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from nnlab.figures import palette
from nnlab.figures.lesson import GRID, axis, layout

_CURVE_HEIGHT, _BARS_HEIGHT = 340, 340
_BAND_OPACITY = 0.22
_MARKED = 13  # pixels
# With more curves the legend would reach into the title.
MOST_ABOVE = 3
_LEGEND_LINE = 20


@dataclass(frozen=True)
class Series:
    """One curve; points that are not known yet are left out.

    Attributes:
        name: for the legend.
        x, y: where, and the accuracy there from 0 to 1.
        words: what is at each point, for the pointer.
        colour: of the line.
        dash: "solid", "dash" or "dot".
        spread: how far the values lie from their mean, above and below; empty for no band.
        marked: which point is pointed out, None for none.
    """

    name: str
    x: Sequence[float]
    y: Sequence[float]
    words: Sequence[str]
    colour: str
    dash: str = "solid"
    spread: Sequence[float] = field(default=())
    marked: int | None = None


def accuracy_curves(
    title: str,
    x_name: str,
    highest: float,
    series: Sequence[Series],
    line: tuple[float, str] | None = None,
    x_percent: bool = False,
) -> dict[str, Any]:
    """Accuracy over how much is changed; both axes are fixed, so that curves can be compared.

    Args:
        title: of the chart.
        x_name: what the horizontal axis is.
        highest: its end; it begins at 0.
        series: the curves; a line goes through the first point that is marked.
        line: a level to compare with, from 0 to 1, and its name.
        x_percent: write the horizontal axis as per cents.
    """
    traces = [trace for one in series for trace in _traces(one)]
    if line is not None:
        traces.append(_level(highest, *line))
    made = layout(title, _CURVE_HEIGHT)
    made["xaxis"] = axis(x_name, -0.015 * highest, 1.015 * highest)
    if x_percent:
        made["xaxis"]["tickformat"] = ".0%"
    made["yaxis"] = axis("Accuracy", 0, 1.02) | {"tickformat": ".0%", "dtick": 0.2}
    made["showlegend"] = True
    if len(series) > MOST_ABOVE:
        _legend_below(made, len(series))
    marked = [one.x[one.marked] for one in series if one.marked is not None]
    made["shapes"] = [_mark_line(place) for place in marked[:1]]
    return {"data": traces, "layout": made}


def _traces(series: Series) -> list[dict[str, Any]]:
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": series.name,
        "x": list(series.x),
        "y": list(series.y),
        "hovertext": list(series.words),
        "hovertemplate": f"%{{hovertext}}: %{{y:.1%}}<extra>{series.name}</extra>",
        "line": {"color": series.colour, "width": 2, "dash": series.dash},
        "marker": {"color": series.colour, "size": 5},
        "cliponaxis": False,
    }
    band = [_band(series)] if len(series.spread) else []
    return [*band, line, *_mark(series, line)]


def _mark(series: Series, line: dict[str, Any]) -> list[dict[str, Any]]:
    """The marked point once more, larger."""
    if series.marked is None:
        return []
    point = {name: [line[name][series.marked]] for name in ("x", "y", "hovertext")}
    look = {"marker": {"color": series.colour, "size": _MARKED}, "showlegend": False}
    return [line | point | look | {"mode": "markers"}]


def _legend_below(made: dict[str, Any], entries: int) -> None:
    """Where it may take several lines, two names a line on a narrow page."""
    room = _LEGEND_LINE * ceil(entries / 2)
    made["height"] += room
    made["margin"] |= {"t": 40, "b": made["margin"]["b"] + room}
    made["legend"] |= {"y": -0.24, "yanchor": "top"}


def _band(series: Series) -> dict[str, Any]:
    both = list(zip(series.y, series.spread, strict=True))
    edge = [min(y + s, 1.0) for y, s in both] + [max(y - s, 0.0) for y, s in both][::-1]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*series.x, *reversed(series.x)],
        "y": edge,
        "fill": "toself",
        "fillcolor": series.colour,
        "opacity": _BAND_OPACITY,
        "line": {"width": 0, "color": series.colour},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _level(highest: float, height: float, name: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [0, highest],
        "y": [height, height],
        "hovertemplate": f"%{{y:.1%}}<extra>{name}</extra>",
        "line": {"color": palette.GREY, "width": 2, "dash": "dash"},
    }


def _mark_line(at: float) -> dict[str, Any]:
    return {
        "type": "line", "xref": "x", "yref": "paper", "layer": "below",
        "x0": at, "x1": at, "y0": 0, "y1": 1,
        "line": {"color": palette.GREY, "width": 1.5, "dash": "dot"},
    }  # fmt: skip


def class_bars(
    untouched: Sequence[float], now: Sequence[float], class_names: Sequence[str]
) -> dict[str, Any]:
    """The share of each class that is recognised, before and now, side by side.

    Args:
        untouched, now: from 0 to 1, in the order of the class numbers.
        class_names: in the same order.
    """
    pairs = (("untouched", untouched, palette.NEUTRAL), ("changed", now, palette.RIGHT))
    traces = [
        {
            "type": "bar",
            "name": name,
            "x": list(range(len(class_names))),
            "y": list(values),
            "customdata": list(class_names),
            "hovertemplate": f"%{{customdata}}: %{{y:.1%}}<extra>{name}</extra>",
            "marker": {"color": colour},
        }
        for name, values, colour in pairs
    ]
    made = layout("Accuracy per class", _BARS_HEIGHT)
    made["xaxis"] = axis("True class") | {
        "tickvals": list(range(len(class_names))),
        "ticktext": list(class_names),
        "showgrid": False,
        "automargin": True,
    }
    made["yaxis"] = axis("Share recognised", 0, 1.02) | {"tickformat": ".0%", "gridcolor": GRID}
    made |= {"barmode": "group", "bargap": 0.25, "showlegend": True}
    return {"data": traces, "layout": made}
