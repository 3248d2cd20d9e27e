"""How much is answered, and how well, when only sure answers count (Plotly, plain dict)."""

from collections.abc import Sequence
from math import floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.selective import Selective
from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout, upright

HEIGHT = 400
# One above the other: what is gained is small beside what is given up.
_UPPER, _LOWER = [0.57, 1.0], [0.0, 0.43]


def answered_curve(found: Selective, labels: Sequence[str], place: int) -> dict[str, Any]:
    """Accuracy among the answers, and below it the share answered, at every threshold.

    The thresholds stand side by side, each as far from the next, so that the last per cents, where
    most answers lie, can be told apart.

    Args:
        found: at each threshold.
        labels: of the thresholds: "95 %".
        place: number of the threshold that is marked.
    """
    lines = (
        (found.accuracy, "right among these", palette.TEST, "y2"),
        (found.coverage, "answered", palette.NEUTRAL, "y"),
    )
    traces = [_line(*line, labels) for line in lines] + [
        _mark(*line, labels, place) for line in lines
    ]
    base = layout("What is answered, and how well", HEIGHT)
    return {
        "data": traces,
        "layout": base
        | {
            "margin": base["margin"] | {"r": 36, "t": 40},
            "xaxis": axis("At least so sure", -0.5, len(labels) - 0.5) | _ticks(labels),
            "yaxis": axis("Answered", *_range(found.coverage, 0.1)) | _percents(_LOWER),
            "yaxis2": axis("Right", *_range(found.accuracy, 0.01)) | _percents(_UPPER),
            "shapes": [upright(place)],
            "showlegend": False,
        },
    }


def _line(
    values: NDArray[np.float64], name: str, colour: str, y: str, labels: Sequence[str]
) -> dict[str, Any]:
    return _trace(name, y, _plain(values), list(range(len(values))), list(labels)) | {
        "mode": "lines",
        "line": {"color": colour, "width": 2.5},
    }


def _mark(
    values: NDArray[np.float64], name: str, colour: str, y: str, labels: Sequence[str], place: int
) -> dict[str, Any]:
    """A disc, and none where no answer is given."""
    value = _plain(values)[place]
    shown = [] if value is None else [place]
    heights, names = [value for _ in shown], [labels[n] for n in shown]
    return _trace(name, y, heights, shown, names) | {
        "mode": "markers",
        "marker": {"color": colour, "size": 13, "line": {"width": 2, "color": palette.ON_CELL}},
    }


def _trace(
    name: str, y: str, heights: list[float | None], places: list[int], labels: list[str]
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": name,
        "x": places,
        "y": heights,
        "yaxis": y,
        "customdata": labels,
        "cliponaxis": False,
        "hovertemplate": f"at least %{{customdata}} sure: %{{y:.2%}} {name}<extra></extra>",
    }


def _plain(values: NDArray[np.float64]) -> list[float | None]:
    return [float(f"{value:.5g}") if np.isfinite(value) else None for value in values]


def _ticks(labels: Sequence[str]) -> dict[str, Any]:
    """A name at every tenth threshold, and at the last one."""
    last = len(labels) - 1
    shown = [*(n for n in range(0, last, 10) if last - n > 5), last]
    return {
        "anchor": "y",
        "tickvals": shown,
        "ticktext": [labels[n] for n in shown],
        "ticklabeloverflow": "allow",
        "showgrid": False,
        "fixedrange": True,
    }


def _percents(domain: list[float]) -> dict[str, Any]:
    return {"domain": domain, "tickformat": ".0%", "nticks": 5, "fixedrange": True}


def _range(values: NDArray[np.float64], step: float) -> tuple[float, float]:
    """Up to 1 and a little, from the last multiple of `step` below the smallest value."""
    lowest = float(np.nanmin(values)) if np.isfinite(values).any() else 0.0
    low = min(floor(lowest / step) * step, 1 - step)
    return low, 1 + 0.04 * (1 - low)
