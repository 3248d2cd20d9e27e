"""What a network made of one image while it was trained (Plotly, plain dict)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.attribution import plain_text
from nnlab.figures.lesson import axis, layout, upright

HEIGHT = 380
# So many names of moments fit side by side below the narrowest chart.
_NAMES = 11


def probabilities_over_time(
    probabilities: NDArray[np.floating[Any]],
    moments: Sequence[str],
    class_names: Sequence[str],
    shown: Sequence[int],
    place: int | None = None,
) -> dict[str, Any]:
    """A line for each class that is shown; the first of these is the right one, thick and blue.

    Moments stand side by side, each as far from the next: most happens in the first epoch, which
    would be a sliver on an axis of time.

    Args:
        probabilities: float (moments, classes); NaN where nothing is known, a gap in the lines.
        moments: their names in a few letters: "0", "1/8", "3".
        class_names: in the order of the class numbers; any text.
        shown: class numbers, the right one first.
        place: of the moment to mark, None for none.
    """
    traces = [
        _line(probabilities[:, label], moments, class_names[label], rank)
        for rank, label in enumerate(shown)
    ]
    return {
        "data": traces[::-1],
        "layout": layout("Probabilities of this image, moment by moment", HEIGHT)
        | {
            "xaxis": axis("Epochs trained", -0.4, len(moments) - 0.6) | _ticks(moments),
            "yaxis": axis("Probability", -0.02, 1.02)
            | {"tickformat": ".0%", "tickvals": [0, 0.25, 0.5, 0.75, 1], "fixedrange": True},
            "shapes": [] if place is None else [upright(place)],
            "legend": layout("", HEIGHT)["legend"] | {"traceorder": "reversed"},
        },
    }


def _line(
    values: NDArray[np.floating[Any]], moments: Sequence[str], name: str, rank: int
) -> dict[str, Any]:
    name = plain_text(name)
    colour, width, dash, symbol = _LOOKS[min(rank, len(_LOOKS) - 1)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": f"{name} (true)" if rank == 0 else name,
        "x": list(range(len(values))),
        "y": [round(float(value), 4) if np.isfinite(value) else None for value in values],
        # A click on a point tells its moment.
        "customdata": list(range(len(values))),
        "hovertext": list(moments),
        "line": {"color": colour, "width": width, "dash": dash},
        "marker": {"color": colour, "size": width + 4, "symbol": symbol},
        "cliponaxis": False,
        "hovertemplate": f"epoch %{{hovertext}}: %{{y:.1%}} {name}<extra></extra>",
    }


# The right class, then the others by their peaks: told apart by dash and mark as well.
_LOOKS = (
    (palette.RIGHT, 4, "solid", "circle"),
    (palette.WRONG, 2, "dash", "diamond"),
    (palette.PURPLE, 2, "dot", "square"),
    (palette.GREY, 2, "dashdot", "triangle-up"),
)


def _ticks(moments: Sequence[str]) -> dict[str, Any]:
    """Names of the first, the last and moments evenly between."""
    last = len(moments) - 1
    shown = np.unique(np.linspace(0, last, min(len(moments), _NAMES)).round().astype(int)).tolist()
    return {
        "tickvals": shown,
        "ticktext": [moments[n] for n in shown],
        "showgrid": False,
        "fixedrange": True,
    }
