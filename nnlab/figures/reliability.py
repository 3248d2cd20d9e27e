"""Accuracy against confidence: a reliability diagram (Plotly, plain dict)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.calibration import Reliability
from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout

HEIGHT = 380
# Room above 100 % for the numbers of images.
_TOP, _WRITTEN_AT = 1.13, 1.075
_TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1]


def reliability_diagram(found: Reliability, things: str = "images") -> dict[str, Any]:
    """Accuracy against confidence, bin by bin, with its 95 % interval; the diagonal is ideal.

    Above each bin stands its number of images; a bin without images has no bar.

    Args:
        found: by bins of confidence.
        things: what was answered, where not images.
    """
    traces = [_bars(found), ideal_line(), _points(found, things), _numbers(found)]
    base = base_layout("Reliability: is it right as often as it is sure?")
    return {
        "data": traces,
        "layout": base
        | {
            "xaxis": axis("Confidence", 0, 1) | percents(),
            "yaxis": axis("Right answers", 0, _TOP) | percents(),
            "bargap": 0.06,
            "showlegend": False,
        },
    }


def ideal_line(x: str = "x", y: str = "y") -> dict[str, Any]:
    """The diagonal: as often right as it is sure.

    Args:
        x, y: names of the axes, where a figure has several.
    """
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "calibrated",
        "x": [0, 1],
        "y": [0, 1],
        "xaxis": x,
        "yaxis": y,
        "line": {"color": palette.NEUTRAL, "dash": "dash", "width": 1.5},
        "hoverinfo": "skip",
    }


def _bars(found: Reliability) -> dict[str, Any]:
    """As wide as their bins; what is said of a bin shows where the pointer rests on its bar."""
    held = found.counts > 0
    return {
        "type": "bar",
        "x": middles(found.edges)[held].tolist(),
        "y": found.accuracy[held].round(4).tolist(),
        "width": (np.diff(found.edges)[held] * 0.94).round(4).tolist(),
        "marker": {"color": palette.RIGHT, "opacity": 0.4},
        "hoverinfo": "skip",
    }


def _points(found: Reliability, things: str) -> dict[str, Any]:
    """At the mean confidence, with the interval: narrow bins of many images, wide ones of few."""
    held = found.counts > 0
    hit = found.accuracy[held]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": found.confidence[held].round(4).tolist(),
        "y": hit.round(4).tolist(),
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": (found.high[held] - hit).round(4).tolist(),
            "arrayminus": (hit - found.low[held]).round(4).tolist(),
            "color": palette.ORANGE,
            "thickness": 2,
            "width": 5,
        },
        "marker": {"color": palette.ORANGE, "size": 9},
        "cliponaxis": False,
        "hovertext": [_bin_words(found, n, things) for n in np.flatnonzero(held).tolist()],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _bin_words(found: Reliability, place: int, things: str) -> str:
    count = int(found.counts[place])
    return (
        f"{count:,} {things[:-1] if count == 1 else things}: {found.confidence[place]:.1%} sure,"
        f" {found.accuracy[place]:.1%} right<br>95 % interval {found.low[place]:.1%} to"
        f" {found.high[place]:.1%}"
    )


def _numbers(found: Reliability) -> dict[str, Any]:
    held = found.counts > 0
    return {
        "type": "scatter",
        "mode": "text",
        "x": middles(found.edges)[held].tolist(),
        "y": [_WRITTEN_AT] * int(held.sum()),
        "text": [_short(int(count)) for count in found.counts[held]],
        "textfont": {"size": 12},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _short(count: int) -> str:
    """A number that fits over a bin of 40 pixels."""
    return str(count) if count < 10_000 else f"{count / 1000:.0f}k"


def middles(edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of the bins between `edges` (bins + 1,), float (bins,)."""
    return ((edges[:-1] + edges[1:]) / 2).round(4)


def base_layout(title: str) -> dict[str, Any]:
    """A layout with room for the last name below the axis."""
    base = layout(title, HEIGHT)
    return base | {"margin": base["margin"] | {"r": 28}}


def percents() -> dict[str, Any]:
    """Of an axis from 0 to 100 %."""
    return {
        "tickformat": ".0%",
        "tickvals": _TICKS,
        "ticklabeloverflow": "allow",
        "fixedrange": True,
    }
