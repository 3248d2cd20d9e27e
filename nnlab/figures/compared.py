"""Several runs in one chart: curves over each other, and bands of seeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout, names_below

HEIGHT = 460
# Beyond so many, a legend would be larger than the chart; the pointer tells the names.
MOST_NAMED = 16
_DASHES = ("solid", "dash", "dot", "dashdot")
_MARKS = ("circle", "diamond", "square", "triangle-up", "x")


@dataclass(frozen=True)
class Curve:
    """A named curve. Names are plain text.

    Attributes:
        low, high: of the band around it, None for none.
        colour: number of its colour; None for its place.
        group: what it belongs to. Where curves are too many for a legend, the first of each group
            stands there under this name.
    """

    name: str
    x: tuple[float, ...]
    y: tuple[float | None, ...]
    low: tuple[float, ...] | None = None
    high: tuple[float, ...] | None = None
    colour: int | None = None
    group: str | None = None


@dataclass(frozen=True)
class Axes:
    """What the axes are called, and whether values are shares (shown as percentages)."""

    x: str
    y: str
    share: bool


def curves(drawn: Sequence[Curve], axes: Axes) -> dict[str, Any]:
    """Curves over each other, each with its band if it has one.

    The ten colours repeat with another dash, so that forty curves can be told apart.
    """
    numbers = [at if each.colour is None else each.colour for at, each in enumerate(drawn)]
    named = _legend(drawn)
    traces: list[dict[str, Any]] = []
    for at, (curve, number) in enumerate(zip(drawn, numbers, strict=True)):
        if curve.low is not None and curve.high is not None:
            traces.append(_band(curve, number))
        traces.append(_line(curve, number, axes, named.get(at)))
    return {"data": traces, "layout": _layout(drawn, axes, len(named))}


def _legend(drawn: Sequence[Curve]) -> dict[int, str]:
    """What stands in the legend, by the number of its curve."""
    if len(drawn) <= MOST_NAMED:
        return {at: curve.name for at, curve in enumerate(drawn)}
    first: dict[str, int] = {}
    for at, curve in enumerate(drawn):
        if curve.group is not None:
            first.setdefault(curve.group, at)
    return {at: name for name, at in first.items()} if len(first) <= MOST_NAMED else {}


def _line(curve: Curve, number: int, axes: Axes, legend: str | None) -> dict[str, Any]:
    name, value = escape(curve.name), "%{y:.2%}" if axes.share else "%{y:.4f}"
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(curve.x) <= 12 else "lines",
        "name": escape(legend or curve.name),
        "x": [float(f"{x:.6g}") for x in curve.x],
        "y": [None if y is None else float(f"{y:.5g}") for y in curve.y],
        "line": {
            "color": palette.class_colour(number),
            "dash": _dash(number),
            "width": 2.25,
        },
        "marker": {"symbol": _MARKS[number % len(_MARKS)], "size": 6},
        "showlegend": legend is not None,
        "legendgroup": str(number),
        "cliponaxis": True,
        "hovertemplate": f"{name}<br>{axes.x} %{{x:.4~g}}: {value}<extra></extra>",
    }


def _band(curve: Curve, number: int) -> dict[str, Any]:
    """The band as one outline: along its upper side and back along the lower one."""
    low, high = curve.low or (), curve.high or ()
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [float(f"{x:.6g}") for x in (*curve.x, *reversed(curve.x))],
        "y": [float(f"{y:.5g}") for y in (*high, *reversed(low))],
        "fill": "toself",
        "fillcolor": _see_through(palette.class_colour(number)),
        "line": {"width": 0, "color": palette.class_colour(number)},
        "showlegend": False,
        "legendgroup": str(number),
        "hoverinfo": "skip",
    }


def _dash(number: int) -> str:
    return _DASHES[number // len(palette.CLASSES) % len(_DASHES)]


def _see_through(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 0.2)"


def _layout(drawn: Sequence[Curve], axes: Axes, named: int) -> dict[str, Any]:
    held = [y for curve in drawn for y in curve.y if y is not None]
    y_axis = axis(axes.y)
    if axes.share:
        low = min(int(min(held, default=0.0) * 10) / 10, 0.9)
        y_axis = axis(axes.y, low, 1.005) | {"tickformat": ".0%"}
    elif held:
        y_axis = axis(axes.y, 0.0, 1.05 * max(held) or 1.0)
    made = layout(f"{axes.y} by {axes.x.lower()}", HEIGHT)
    return names_below(made, max(named, 1)) | {
        "xaxis": axis(axes.x) | {"rangemode": "tozero"},
        "yaxis": y_axis,
        "showlegend": True,
        "uirevision": f"compare-{axes.x}-{axes.y}",
    }
