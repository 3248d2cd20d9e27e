"""How many answers there are of each confidence, right and wrong (Plotly, plain dict)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.lesson import axis
from nnlab.figures.reliability import base_layout, middles, percents


def confidence_histogram(
    edges: NDArray[np.float64],
    right: NDArray[np.int64],
    wrong: NDArray[np.int64],
    things: str = "images",
) -> dict[str, Any]:
    """How many right and how many wrong answers there are of each confidence.

    On a logarithmic scale, since beside thousands of sure answers the mistakes would not be seen;
    therefore not stacked: the wrong ones stand before the right ones, narrower, from the same
    line.

    Args:
        edges: of the bins of confidence, float (bins + 1,).
        right, wrong: answers in each, int (bins,).
        things: what was answered, where not images.
    """
    traces = [
        _counted(edges, right, "right", palette.RIGHT, 0.9),
        _counted(edges, wrong, "wrong", palette.WRONG, 0.45),
    ]
    most = max(int(right.max(initial=1)), int(wrong.max(initial=1)), 1)
    base = base_layout("How sure it is, right and wrong")
    return {
        "data": traces,
        "layout": base
        | {
            "xaxis": axis("Confidence", 0, 1) | percents(),
            "yaxis": axis(f"{things.capitalize()} (log scale)", np.log10(0.7), np.log10(most * 1.4))
            | {"type": "log", "tickvals": [10**power for power in range(len(str(most)))]},
            "barmode": "overlay",
            "legend": base["legend"] | {"traceorder": "normal"},
        },
    }


def _counted(
    edges: NDArray[np.float64], counts: NDArray[np.int64], name: str, colour: str, width: float
) -> dict[str, Any]:
    held = counts > 0
    low, high = edges[:-1][held], edges[1:][held]
    return {
        "type": "bar",
        "name": name,
        "x": middles(edges)[held].tolist(),
        "y": counts[held].tolist(),
        "width": ((high - low) * width).round(4).tolist(),
        "marker": {"color": colour},
        "customdata": [f"{a:.0%} to {b:.0%}" for a, b in zip(low, high, strict=True)],
        "hovertemplate": f"%{{y:,}} {name}, %{{customdata}} sure<extra></extra>",
    }
