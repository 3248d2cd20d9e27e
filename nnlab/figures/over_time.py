"""What becomes of a share from one recorded moment to the next (Plotly, plain dict)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout, upright
from nnlab.runs.timeline import simple_fraction

HEIGHT = 210
# Names of moments along the axis: more would meet.
NAMED = 9
DOT = 6.5  # pixels


@dataclass(frozen=True)
class Line:
    """One line: its name, a value from 0 to 1 for each moment (None where unknown), its colour."""

    name: str
    values: Sequence[float | None]
    colour: str


def shares_over_time(
    lines: Sequence[Line], epochs: Sequence[float], at: int | None, title: str, what: str
) -> dict[str, Any]:
    """Lines over the recorded moments, evenly spaced as on the slider, a mark at one of them.

    Moments are dense where most is learned: a scale of epochs would press them together. The
    `customdata` of a point is its moment's position.

    Args:
        lines: at least one.
        epochs: of the moments, in order.
        at: position of the moment that is looked at; None for no mark.
        title: of the chart; also its lasting identity.
        what: name of the vertical axis.
    """
    top = _top([value for line in lines for value in line.values if value is not None])
    room = 0.03 * len(epochs)  # for a whole dot at both ends
    marks: list[dict[str, Any]] = []
    if at is not None:
        marks = [here(at)] + [
            dot(at, value, line.colour)
            for line in reversed(lines)
            if (value := _short(line.values[at])) is not None
        ]
    figure = layout(title, HEIGHT) | {
        "xaxis": axis("Epoch", -room, len(epochs) - 1 + room) | named_moments(epochs),
        "yaxis": axis(what, -0.05 * top, 1.05 * top)
        | {"tickformat": ".0%" if top > 0.05 else ".1%"},
        "shapes": marks,
        "showlegend": len(lines) > 1,
        "margin": {"l": 60, "r": 12, "t": 62 if len(lines) > 1 else 40, "b": 42},
        "dragmode": False,
    }
    return {"data": [_trace(line, epochs) for line in lines], "layout": figure}


def here(x: float) -> dict[str, Any]:
    """The mark of the moment that is looked at."""
    return upright(x, palette.GREY, width=2) | {"layer": "below"}


def dot(x: float, y: float, colour: str) -> dict[str, Any]:
    """A disc at a point, of the same size in pixels on every scale.

    A shape and no trace: the browser moves shapes in a tenth of the time.
    """
    reach = {"x0": -DOT, "x1": DOT, "y0": -DOT, "y1": DOT}
    return reach | {
        "type": "circle", "xref": "x", "yref": "y", "xanchor": x, "yanchor": y,
        "xsizemode": "pixel", "ysizemode": "pixel",
        "fillcolor": colour, "line": {"color": palette.GREY, "width": 2},
    }  # fmt: skip


def moment_name(epoch: float) -> str:
    """An epoch as it stands below an axis: 0, 1/32, 3."""
    whole, part = divmod(epoch, 1)
    if not part:
        return str(int(whole))
    return str(simple_fraction(part)) if not whole else f"{epoch:.3g}"


def named_moments(epochs: Sequence[float]) -> dict[str, Any]:
    """The part of an axis that names moments, of which each has a place."""
    every = -(-len(epochs) // NAMED)
    named = list(range(0, len(epochs), every))
    return {
        "tickvals": named,
        "ticktext": [moment_name(epochs[place]) for place in named],
        "fixedrange": True,
        "showgrid": False,
        "ticklabeloverflow": "allow",
    }


def _trace(line: Line, epochs: Sequence[float]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.name,
        "x": list(range(len(epochs))),
        "y": [_short(value) for value in line.values],
        "customdata": list(range(len(epochs))),
        "text": [moment_name(epoch) for epoch in epochs],
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": line.colour, "width": 2},
        "marker": {"color": line.colour, "size": 6},
        "hovertemplate": f"epoch %{{text}}: %{{y:.1%}}<extra>{line.name}</extra>",
    }


def _short(value: float | None) -> float | None:
    """With as many digits as a chart can show."""
    return float(f"{value:.4g}") if value is not None and isfinite(value) else None


def _top(values: Sequence[float]) -> float:
    """A round share just above all of them, so that small shares can be told apart."""
    most = max((value for value in values if isfinite(value)), default=1.0)
    steps = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
    return next((step for step in steps if most <= step), 1.0)
