"""How many numbers of a layer were spread at each moment of a run, as one Plotly figure (dict)."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.rebinning import Scale, common_edges, rebinned
from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout
from nnlab.figures.moments_axis import marker, moments_axis, number_words, short
from nnlab.runs.moments import Distribution

HEIGHT = 470
# From hardly to be seen to strong: on a light page as on a dark one more is more colour.
_COLOURS = [[0.0, "rgba(59, 143, 217, 0.06)"], [1.0, "rgba(59, 143, 217, 1)"]]
_BARS = "#3B8FD9"
_UPPER, _LOWER = [0.29, 1.0], [0.0, 0.17]
_LEFT, _RIGHT = [0.0, 0.74], [0.77, 1.0]
_MOST_POWERS = 3
_MOST_NAMES = 7


def distributions_figure(
    parts: Sequence[Distribution], epochs: Sequence[float], scale: Scale, title: str
) -> dict[str, Any]:
    """A heat map of values by moment, mean and spread on it, below it the share of zeros.

    It has everything but the moment that is looked at, which `at_moment` adds. Colours go with
    the square root of the share, or the tails would not be seen.

    Args:
        parts: one a moment, at least one.
        epochs: of the moments.
        scale: of the axis of values.
        title: of the chart.
    """
    edges = common_edges(parts, scale)
    shares = np.stack([rebinned(part, edges) for part in parts], axis=1)
    traces = [
        _heat_map(shares, edges, scale),
        *_lines(parts, scale),
        _zeros(parts),
        _bars(edges, scale),
    ]
    return {"data": traces, "layout": _layout(title, epochs, edges, scale)}


def at_moment(
    figure: dict[str, Any], parts: Sequence[Distribution], scale: Scale, index: int
) -> dict[str, Any]:
    """The figure with moment `index` marked and its values as bars beside the heat map.

    `figure` stays as it is.
    """
    shares = rebinned(parts[index], common_edges(parts, scale))
    bars = figure["data"][-1] | {"x": _plain(shares)}
    layout = figure["layout"]
    across = layout["xaxis2"] | {"range": [0, 1.05 * max(float(shares.max()), 0.01)]}
    return {
        "data": [*figure["data"][:-1], bars],
        "layout": layout | {"shapes": [marker(index)], "xaxis2": across},
    }


def _heat_map(shares: NDArray, edges: NDArray, scale: Scale) -> dict[str, Any]:
    names = [
        f"{number_words(low)} to {number_words(high)}" for low, high in pairwise(edges.tolist())
    ]
    return {
        "type": "heatmap",
        "x": list(range(shares.shape[1])),
        "y": _middles(edges, scale),
        "z": [[short(v, 3) if v > 0 else None for v in row] for row in np.sqrt(shares).tolist()],
        "text": [
            [f"{name}: {share:.2%}" if share > 0 else "" for share in row]
            for name, row in zip(names, shares.tolist(), strict=True)
        ],
        "zmin": 0,
        "zmax": _strongest(shares),
        "colorscale": _COLOURS,
        "showscale": False,
        "hovertemplate": "%{text} of the values that are not 0<extra></extra>",
        "hoverongaps": False,
    }


def _strongest(shares: NDArray) -> float:
    """What gets the full colour: one moment with all values in a bin must not pale the others."""
    return short(float(np.sqrt(np.median(shares.max(axis=0))))) or 1.0


def _lines(parts: Sequence[Distribution], scale: Scale) -> list[dict[str, Any]]:
    """The mean, and one standard deviation above and below it."""
    means, stds = np.array([(part.mean, part.std) for part in parts]).T
    lines = [
        ("mean", means, "solid", True),
        ("mean ± standard deviation", means + stds, "dash", True),
        ("mean − standard deviation", means - stds, "dash", False),
    ]
    return [_line(*line, stds, scale) for line in lines]


def _line(
    name: str, values: NDArray, dash: str, listed: bool, stds: NDArray, scale: Scale
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "showlegend": listed,
        "x": list(range(len(values))),
        "y": [short(v) for v in scale.position(values).tolist()],
        "text": [
            f"{number_words(v)} (std {number_words(s)})" for v, s in zip(values, stds, strict=True)
        ],
        "line": {"color": palette.ORANGE, "width": 2, "dash": dash},
        "hovertemplate": f"%{{text}}<extra>{name}</extra>",
    }


def _zeros(parts: Sequence[Distribution]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "exactly 0",
        "showlegend": False,
        "x": list(range(len(parts))),
        "y": [short(part.zeros) for part in parts],
        "yaxis": "y2",
        "cliponaxis": False,
        "line": {"color": palette.GREEN, "width": 2},
        "marker": {"size": 4},
        "hovertemplate": "%{y:.1%} are exactly 0<extra></extra>",
    }


def _bars(edges: NDArray, scale: Scale) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "showlegend": False,
        "x": [],
        "y": _middles(edges, scale),
        "width": float(np.ptp(scale.position(edges)) / (len(edges) - 1)),
        "xaxis": "x2",
        "marker": {"color": _BARS},
        "hovertemplate": "%{x:.2%} of the values that are not 0<extra></extra>",
    }


def _middles(edges: NDArray, scale: Scale) -> list[float]:
    """Centres of the bins, as positions on the axis."""
    ends = scale.position(edges)
    return [float(f"{v:.6g}") for v in ((ends[:-1] + ends[1:]) / 2).tolist()]


def _plain(values: NDArray) -> list[float]:
    return [float(f"{v:.4g}") for v in values.tolist()]


def _layout(title: str, epochs: Sequence[float], edges: NDArray, scale: Scale) -> dict[str, Any]:
    low, high = (float(end) for end in scale.position(edges[[0, -1]]))
    made = layout(title, HEIGHT)
    made["margin"] = {"l": 64, "r": 12, "t": 66, "b": 48}
    values = axis("Value", low, high) | {"domain": _UPPER, "fixedrange": True}
    return made | {
        "xaxis": moments_axis(epochs, _MOST_NAMES) | {"domain": _LEFT, "anchor": "y2"},
        "yaxis": values | _ticks(scale, float(edges[0]), float(edges[-1])),
        "yaxis2": axis("Exactly 0", 0, 1)
        | {"domain": _LOWER, "tickformat": ".0%", "tickvals": [0, 0.5, 1], "fixedrange": True},
        "xaxis2": axis("Share", 0, 1)
        | {"domain": _RIGHT, "anchor": "y", "tickformat": ".0%", "nticks": 4, "fixedrange": True},
        "bargap": 0,
    }


def _ticks(scale: Scale, low: float, high: float) -> dict[str, Any]:
    """Powers of ten on both sides of 0, where the axis goes by decades."""
    if scale.unit is None:
        return {"nticks": 8, "exponentformat": "power"}
    powers = [sign * 10.0**k for sign in (-1, 1) for k in _powers(scale.unit, max(-low, high))]
    values = sorted([0.0, *(value for value in powers if low <= value <= high)])
    return {
        "tickvals": [short(v) for v in scale.position(values).tolist()],
        "ticktext": [_power_name(value) for value in values],
    }


def _powers(unit: float, largest: float) -> range:
    first, last = ceil(log10(unit)), floor(log10(max(largest, unit)))
    every = max(1, -(-(last - first + 1) // _MOST_POWERS))
    return range(last, first - 1, -every)


def _power_name(value: float) -> str:
    if value == 0:
        return "0"
    sign = "−" if value < 0 else ""
    if 1e-3 <= abs(value) <= 1e3:
        return f"{sign}{abs(value):g}"
    return f"{sign}10<sup>{round(log10(abs(value)))}</sup>".replace("<sup>-", "<sup>−")
