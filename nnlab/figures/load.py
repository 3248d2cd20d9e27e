"""How many runs trained and waited in the last minutes, as a Plotly figure."""

from collections.abc import Sequence
from typing import Any

from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout

HEIGHT = 260
MINUTES = 10
LEAST_HEIGHT = 4  # runs, so that a single one is no mountain


def load_figure(
    minutes: Sequence[float], training: Sequence[int], waiting: Sequence[int]
) -> dict[str, Any]:
    """Two stepped lines over time; now is at the right.

    Args:
        minutes: before now, so at most 0, rising.
        training: runs that trained at these times.
        waiting: runs that waited.
    """
    most = max([*training, *waiting, LEAST_HEIGHT])
    return {
        "data": [
            _steps("Training", minutes, training, palette.BLUE, "solid"),
            _steps("Waiting", minutes, waiting, palette.ORANGE, "dot"),
        ],
        "layout": {
            **layout("Runs in the last minutes", HEIGHT),
            "xaxis": axis("Minutes before now", -MINUTES, 0),
            "yaxis": axis("Runs", 0, most * 1.1),
            "hovermode": "x unified",
        },
    }


def _steps(
    name: str, x: Sequence[float], y: Sequence[int], colour: str, dash: str
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [round(value, 2) for value in x],
        "y": list(y),
        "line": {"color": colour, "shape": "hv", "dash": dash, "width": 2},
        "hovertemplate": f"%{{y}} {name.lower()}<extra></extra>",
    }
