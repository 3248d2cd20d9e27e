"""The moment that is looked at, marked on learning curves (Plotly, plain dict)."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from nnlab.figures.over_time import dot, here

# Beside the first and the last epoch there is room for a whole dot; a share of the axis.
EDGE = 0.025


def marked(figure: dict[str, Any], epoch: float) -> dict[str, Any]:
    """`figure` with a vertical line at `epoch`, and a point where it meets each line.

    Args:
        figure: of `learning_curves`; left as it is.
        epoch: from 0 to the length of its axis.
    """
    points = [
        dot(round(epoch, 4), float(f"{value:.5g}"), trace["line"]["color"])
        for trace in figure["data"]
        if (value := value_at(trace["x"], trace["y"], epoch)) is not None
    ]
    xaxis = dict(figure["layout"]["xaxis"])
    first, last = xaxis["range"]
    xaxis["range"] = [first - EDGE * (last - first), last + EDGE * (last - first)]
    others = figure["layout"].get("shapes", [])
    shapes = [*others, here(round(epoch, 4)), *points]
    layout = figure["layout"] | {"xaxis": xaxis, "shapes": shapes}
    return {"data": figure["data"], "layout": layout}


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
