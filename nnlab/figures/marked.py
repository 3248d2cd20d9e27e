"""The moment that is looked at, marked on learning curves (Plotly, plain dict)."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from nnlab.figures import palette
from nnlab.figures.over_time import upright


def marked(figure: dict[str, Any], epoch: float) -> dict[str, Any]:
    """`figure` with a vertical line at `epoch`, and a point where it meets each line.

    Args:
        figure: of `learning_curves`; left as it is.
        epoch: from 0 to the length of its axis.
    """
    points = [point for trace in figure["data"] if (point := _point(trace, epoch))]
    layout = figure["layout"] | {"shapes": [upright(epoch)]}
    return {"data": [*figure["data"], *points], "layout": layout}


def value_at(x: Sequence[float], y: Sequence[float | None], epoch: float) -> float | None:
    """The line's value at `epoch`, on the straight way between two points.

    None before its first and after its last point, and beside a gap.
    """
    right = bisect_left(x, epoch - 1e-6)
    if right == len(x):
        return None
    if abs(x[right] - epoch) <= 1e-4:
        return y[right]
    if right == 0:
        return None
    left, before, after = right - 1, y[right - 1], y[right]
    if before is None or after is None:
        return None
    share = (epoch - x[left]) / (x[right] - x[left])
    return before + share * (after - before)


def _point(trace: dict[str, Any], epoch: float) -> dict[str, Any] | None:
    value = value_at(trace["x"], trace["y"], epoch)
    if value is None:
        return None
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(epoch, 4)],
        "y": [float(f"{value:.5g}")],
        "cliponaxis": False,
        "marker": {
            "color": trace["line"]["color"],
            "size": 13,
            "line": {"width": 2, "color": palette.GREY},
        },
        "showlegend": False,
        "hoverinfo": "skip",
    }
