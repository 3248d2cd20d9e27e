"""How much is answered, and how well, when only sure answers count (Plotly, plain dict)."""

from collections.abc import Sequence
from math import floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.calibration import Selective
from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout, upright

HEIGHT = 330


def answered_curve(found: Selective, labels: Sequence[str], place: int) -> dict[str, Any]:
    """Share answered and accuracy among these at every threshold, with one of them marked.

    The thresholds stand side by side, each as wide as the next, so that the last per cents, where
    most answers lie, can be told apart.

    Args:
        found: at each threshold.
        labels: of the thresholds: "95 %".
        place: number of the threshold that is marked.
    """
    lines = (
        (found.coverage, "answered", palette.NEUTRAL, "dash"),
        (found.accuracy, "right among these", palette.TEST, "solid"),
    )
    traces = [_line(values, labels, name, colour, dash) for values, name, colour, dash in lines]
    marks = [_mark(values, labels, name, colour, place) for values, name, colour, _ in lines]
    base = layout("Answer only when sure enough", HEIGHT)
    return {
        "data": [*traces, *marks],
        "layout": base
        | {
            "xaxis": axis("At least so sure", -0.5, len(labels) - 0.5) | _ticks(labels),
            "yaxis": axis("Share of images", *_range(found)) | {"tickformat": ".0%"},
            "shapes": [upright(place)],
        },
    }


def _line(
    values: NDArray[np.float64], labels: Sequence[str], name: str, colour: str, dash: str
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": list(range(len(values))),
        "y": _plain(values),
        "customdata": list(labels),
        "line": {"color": colour, "width": 2.5, "dash": dash},
        "cliponaxis": False,
        "hovertemplate": f"at least %{{customdata}} sure: %{{y:.2%}} {name}<extra></extra>",
    }


def _mark(
    values: NDArray[np.float64], labels: Sequence[str], name: str, colour: str, place: int
) -> dict[str, Any]:
    """A disc, and none where no answer is given."""
    value = _plain(values)[place]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [place] if value is not None else [],
        "y": [value] if value is not None else [],
        "customdata": [labels[place]] if value is not None else [],
        "marker": {"color": colour, "size": 13, "line": {"width": 2, "color": palette.ON_CELL}},
        "cliponaxis": False,
        "showlegend": False,
        "hovertemplate": f"at least %{{customdata}} sure: %{{y:.2%}} {name}<extra></extra>",
    }


def _plain(values: NDArray[np.float64]) -> list[float | None]:
    return [float(f"{value:.5g}") if np.isfinite(value) else None for value in values]


def _ticks(labels: Sequence[str]) -> dict[str, Any]:
    """A name at each tenth per cent of the thresholds, and at the last one."""
    last = len(labels) - 1
    shown = [n for n in range(0, len(labels), 10) if last - n > 5] + [last]
    return {
        "tickvals": shown,
        "ticktext": [labels[n] for n in shown],
        "showgrid": False,
        "fixedrange": True,
    }


def _range(found: Selective) -> tuple[float, float]:
    """Up to 1, from the tenth below the smallest value."""
    values = np.concatenate([found.coverage, found.accuracy])
    lowest = float(np.nanmin(values)) if np.isfinite(values).any() else 0.0
    return min(floor(lowest * 10) / 10, 0.9), 1.01
