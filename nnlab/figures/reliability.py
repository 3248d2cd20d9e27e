"""How sure a classifier is and how often it is right, as Plotly figures (plain dicts)."""

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


def reliability_diagram(found: Reliability) -> dict[str, Any]:
    """Accuracy against confidence, bin by bin, with its 95 % interval; the diagonal is ideal.

    Above each bin stands its number of images; a bin without images has no bar.
    """
    traces = [_bars(found), ideal_line(), _points(found), _numbers(found)]
    base = layout("Reliability: is it right as often as it is sure?", HEIGHT)
    return {
        "data": traces,
        "layout": base
        | {
            "xaxis": axis("Confidence", 0, 1) | _percent(),
            "yaxis": axis("Right answers", 0, _TOP) | _percent(),
            "bargap": 0.06,
            "showlegend": False,
        },
    }


def confidence_histogram(
    edges: NDArray[np.float64], right: NDArray[np.int64], wrong: NDArray[np.int64]
) -> dict[str, Any]:
    """How many right and how many wrong answers there are of each confidence.

    On a logarithmic scale, since beside thousands of sure answers the mistakes would not be seen;
    therefore not stacked: the wrong ones stand before the right ones, narrower, from the same
    line.

    Args:
        edges: of the bins of confidence, float (bins + 1,).
        right, wrong: answers in each, int (bins,).
    """
    traces = [
        _counted(edges, right, "right", palette.RIGHT, 0.9),
        _counted(edges, wrong, "wrong", palette.WRONG, 0.45),
    ]
    most = max(int(right.max(initial=1)), int(wrong.max(initial=1)), 1)
    base = layout("How sure it is, right and wrong", HEIGHT)
    return {
        "data": traces,
        "layout": base
        | {
            "xaxis": axis("Confidence", 0, 1) | _percent(),
            "yaxis": axis("Images (log scale)", np.log10(0.7), np.log10(most * 1.4))
            | {"type": "log", "tickvals": [10**power for power in range(len(str(most)))]},
            "barmode": "overlay",
            "legend": base["legend"] | {"traceorder": "normal"},
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
        "x": _middles(found.edges)[held].tolist(),
        "y": found.accuracy[held].round(4).tolist(),
        "width": (np.diff(found.edges)[held] * 0.94).round(4).tolist(),
        "marker": {"color": palette.RIGHT, "opacity": 0.4},
        "hoverinfo": "skip",
    }


def _points(found: Reliability) -> dict[str, Any]:
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
        "hovertext": [_bin_words(found, place) for place in np.flatnonzero(held).tolist()],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _bin_words(found: Reliability, place: int) -> str:
    count = int(found.counts[place])
    return (
        f"{count:,} image{'' if count == 1 else 's'}: {found.confidence[place]:.1%} sure,"
        f" {found.accuracy[place]:.1%} right<br>95 % interval {found.low[place]:.1%} to"
        f" {found.high[place]:.1%}"
    )


def _numbers(found: Reliability) -> dict[str, Any]:
    held = found.counts > 0
    return {
        "type": "scatter",
        "mode": "text",
        "x": _middles(found.edges)[held].tolist(),
        "y": [_WRITTEN_AT] * int(held.sum()),
        "text": [_short(int(count)) for count in found.counts[held]],
        "textfont": {"size": 12},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _short(count: int) -> str:
    """A number that fits over a bin of 40 pixels."""
    return str(count) if count < 10_000 else f"{count / 1000:.0f}k"


def _counted(
    edges: NDArray[np.float64], counts: NDArray[np.int64], name: str, colour: str, width: float
) -> dict[str, Any]:
    held = counts > 0
    low, high = edges[:-1][held], edges[1:][held]
    return {
        "type": "bar",
        "name": name,
        "x": _middles(edges)[held].tolist(),
        "y": counts[held].tolist(),
        "width": ((high - low) * width).round(4).tolist(),
        "marker": {"color": colour},
        "customdata": [f"{a:.0%} to {b:.0%}" for a, b in zip(low, high, strict=True)],
        "hovertemplate": f"%{{y:,}} {name}, %{{customdata}} sure<extra></extra>",
    }


def _middles(edges: NDArray[np.float64]) -> NDArray[np.float64]:
    return ((edges[:-1] + edges[1:]) / 2).round(4)


def _percent() -> dict[str, Any]:
    return {"tickformat": ".0%", "tickvals": _TICKS, "fixedrange": True}
