"""How a network's numbers meet their targets (Plotly, plain dicts)."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout, upright
from nnlab.figures.over_time import dot, here, moment_name, named_moments

HEIGHT = 400
LOW_HEIGHT = 300
BINS = 24
# The widest that is drawn: a network may still answer anything.
_FURTHEST = 5.0
_COLOURS = {
    "training": palette.TRAINING,
    "validation": palette.VALIDATION,
    "test": palette.TEST,
}
Numbers = NDArray[np.floating]


def met_figure(predicted: Numbers, targets: Numbers) -> dict[str, Any]:
    """Predictions (n,) against targets (n,) with the line on which they are equal."""
    reach = _reach(np.concatenate([predicted, targets]))
    made = layout("Predicted against true", HEIGHT)
    made["xaxis"] = axis("True value", -1.1, 1.1)
    made["yaxis"] = axis("Predicted value", -reach, reach)
    line = {
        "type": "scatter", "mode": "lines", "name": "equal", "x": [-1.1, 1.1], "y": [-1.1, 1.1],
        "line": {"color": palette.GREY, "width": 1.5, "dash": "dash"}, "hoverinfo": "skip",
    }  # fmt: skip
    dots = {
        "type": "scatter", "mode": "markers", "name": "test points",
        "x": _short(targets), "y": _short(predicted),
        "marker": {"color": palette.TEST, "size": 6, "opacity": 0.75},
        "hovertemplate": "true %{x:.3f}, predicted %{y:.3f}<extra></extra>",
    }  # fmt: skip
    return {"data": [line, dots], "layout": made}


def residuals_figure(predicted: Numbers, targets: Numbers) -> dict[str, Any]:
    """How many predictions lie how far off."""
    off = predicted - targets
    reach = _reach(off, least=0.25)
    counts, edges = np.histogram(np.clip(off, -reach, reach), BINS, (-reach, reach))
    made = layout("How far off", HEIGHT) | {"bargap": 0.05, "showlegend": False}
    made["xaxis"] = axis("Predicted − true", -reach, reach)
    made["yaxis"] = axis("Test points")
    made["shapes"] = [upright(0.0, palette.GREY, dash="dash")]
    bars = _bars(edges, counts, "test points", palette.TEST)
    return {"data": [bars], "layout": made}


def targets_figure(parts: Mapping[str, Numbers]) -> dict[str, Any]:
    """How many points of each part have which target; see `counted_targets`."""
    edges, counted = counted_targets(parts)
    made = layout("How the targets lie", LOW_HEIGHT) | {"barmode": "stack", "bargap": 0.05}
    made["xaxis"] = axis("Target", -1.02, 1.02)
    made["yaxis"] = axis("Points")
    bars = [_bars(edges, counts, part, _COLOURS[part]) for part, counts in counted.items()]
    return {"data": bars, "layout": made}


def counted_targets(
    parts: Mapping[str, Numbers], bins: int = 10
) -> tuple[Numbers, dict[str, NDArray[np.int64]]]:
    """Ends of the bins (bins + 1,), and the counts (bins,) of each part that is not empty."""
    edges = np.linspace(-1, 1, bins + 1)
    counted = {part: np.histogram(v, edges)[0] for part, v in parts.items() if len(v)}
    return edges, counted


def errors_over_time(
    lines: Mapping[str, Sequence[float | None]], epochs: Sequence[float], at: int
) -> dict[str, Any]:
    """Errors at all recorded moments, evenly spaced as on the slider, a mark at one of them.

    Args:
        lines: name of each line to its values, None where unknown.
        epochs: of the moments, in order.
        at: position of the moment that is looked at.
    """
    colours = dict(zip(lines, (palette.TEST, palette.PURPLE), strict=False))
    shown = {name: [v if _is_known(v) else None for v in values] for name, values in lines.items()}
    known = [v for values in shown.values() for v in values if v is not None]
    top, room = max(known, default=1.0) or 1.0, 0.03 * len(epochs)
    made = layout("Error at each moment", HEIGHT - 80)
    made["xaxis"] = axis("Epoch", -room, len(epochs) - 1 + room) | named_moments(epochs)
    made["yaxis"] = axis("Error on test points", 0, 1.05 * top)
    marks = [dot(at, v, colours[n]) for n, vs in shown.items() if (v := vs[at]) is not None]
    made["shapes"] = [here(at), *marks]
    names = [moment_name(epoch) for epoch in epochs]
    traces = [
        {
            "type": "scatter", "mode": "lines+markers", "name": name,
            "x": list(range(len(epochs))), "y": values, "text": names,
            "line": {"color": colours[name], "width": 2}, "marker": {"size": 6},
            "cliponaxis": False,
            "hovertemplate": f"epoch %{{text}}: %{{y:.4f}}<extra>{name}</extra>",
        }
        for name, values in shown.items()
    ]  # fmt: skip
    return {"data": traces, "layout": made}


def _is_known(value: float | None) -> bool:
    return value is not None and isfinite(value)


def _bars(edges: Numbers, counts: NDArray[np.int64], name: str, colour: str) -> dict[str, Any]:
    ends = [f"{a:.2f} to {b:.2f}" for a, b in pairwise(edges.tolist())]
    return {
        "type": "bar", "name": name, "x": ((edges[:-1] + edges[1:]) / 2).round(4).tolist(),
        "y": counts.tolist(), "marker": {"color": colour}, "customdata": ends,
        "hovertemplate": f"%{{customdata}}: %{{y}} {name}<extra></extra>",
    }  # fmt: skip


def _reach(values: Numbers, least: float = 1.1) -> float:
    finite = values[np.isfinite(values)]
    return float(min(max(np.abs(finite).max(initial=0.0) * 1.05, least), _FURTHEST))


def _short(values: Numbers) -> list[float | None]:
    return [round(v, 4) if isfinite(v) else None for v in values.astype(float).tolist()]
