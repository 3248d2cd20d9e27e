"""A sweep's trials as Plotly figures (plain dicts)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nnlab.analysis.thinning import thin
from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout

HEIGHT = 300
_FEW = 10  # curves that get a colour each
_CURVE_POINTS = 150  # of a curve, which is as wide as half a page
_NAMED = 4  # more names than these do not fit above the chart
_LOG_FROM = 50  # how many times its smallest a setting's largest value must be


@dataclass(frozen=True)
class TrialPoint:
    """A trial for the charts.

    Attributes:
        number: 1 for the first.
        name: its settings in words.
        value: its best figure.
        curve: the figure at the end of each epoch; one at least.
        pruned: it was ended early.
        best: it is the best so far.
    """

    number: int
    name: str
    value: float
    curve: Sequence[tuple[int, float]]
    pruned: bool
    best: bool


def objective_by_trial(
    points: Sequence[TrialPoint], label: str, higher: bool, trials: int
) -> dict[str, Any]:
    """Each trial's figure as a dot, and the best so far as a line.

    Args:
        points: trials that have a figure, in order.
        label: what the figure is called.
        higher: whether more is better.
        trials: length of the horizontal axis.
    """
    best, line = None, []
    for point in points:
        best = point.value if best is None else (max if higher else min)(best, point.value)
        line.append(best)
    numbers = [point.number for point in points]
    so_far = {
        "type": "scatter", "mode": "lines", "name": "best so far", "x": numbers, "y": line,
        "line": {"color": palette.GREEN, "width": 2, "shape": "hv"}, "hoverinfo": "skip",
    }  # fmt: skip
    return {
        "data": [so_far, *_dots(points, numbers)],
        "layout": _layout("Trial by trial", label)
        | {"xaxis": axis("Trial", 0.5, trials + 0.5) | {"tickformat": "d"}, "showlegend": True},
    }


def objective_by_setting(
    points: Sequence[TrialPoint], values: Sequence[Any], setting: str, label: str
) -> dict[str, Any]:
    """Each trial's figure over one setting; what else varies spreads the dots.

    Args:
        points: trials that have a figure.
        values: the setting's value in each; text makes an axis of categories.
        setting: its name.
        label: what the figure is called.
    """
    numeric = all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in values)
    x = list(values) if numeric else [str(value) for value in values]
    across = axis(setting)
    if not numeric:
        across["type"] = "category"
    elif values and min(values) > 0 and max(values) >= _LOG_FROM * min(values):
        across["type"] = "log"
    return {
        "data": _dots(points, x),
        "layout": _layout(f"By {setting[:1].lower()}{setting[1:]}", label)
        | {"xaxis": across, "showlegend": False},
    }


def trial_curves(points: Sequence[TrialPoint], label: str, epochs: int) -> dict[str, Any]:
    """A line for each trial, the best one thick; of many only the best has a colour."""
    few = len(points) <= _FEW
    traces = [
        _curve(point, palette.class_colour(number) if few else _many(point))
        for number, point in enumerate(points)
    ]
    across = axis("Epoch", 0.8, max(epochs, 1) + 0.2) | ({"dtick": 1} if epochs <= 12 else {})
    return {
        "data": traces,
        "layout": _layout("Epoch by epoch", label)
        | {"xaxis": across, "showlegend": len(points) <= _NAMED},
    }


def _curve(point: TrialPoint, colour: str) -> dict[str, Any]:
    epochs, values = thin(
        [epoch for epoch, _ in point.curve], [value for _, value in point.curve], _CURVE_POINTS
    )
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(point.curve) < 3 else "lines",
        "name": f"trial {point.number}",
        "x": epochs.tolist(),
        "y": values.round(5).tolist(),
        "line": {
            "color": colour,
            "width": 3.5 if point.best else 1.5,
            "dash": "dot" if point.pruned else "solid",
        },
        "hovertemplate": f"{point.name}<br>epoch %{{x}}: %{{y:.4f}}<extra></extra>",
    }


def _many(point: TrialPoint) -> str:
    return palette.ORANGE if point.best else palette.NEUTRAL


def _dots(points: Sequence[TrialPoint], x: Sequence[Any]) -> list[dict[str, Any]]:
    """Those that ran to their end, and those that were ended early, the best one larger."""
    kinds = (
        ("trial", False, palette.BLUE, "circle"),
        ("pruned", True, palette.WRONG, "x"),
    )
    made = []
    for name, pruned, colour, symbol in kinds:
        chosen = [n for n, point in enumerate(points) if point.pruned == pruned]
        if chosen:
            made.append({
                "type": "scatter", "mode": "markers", "name": name,
                "x": [x[n] for n in chosen],
                "y": [round(points[n].value, 5) for n in chosen],
                "marker": {
                    "color": [palette.ORANGE if points[n].best else colour for n in chosen],
                    "symbol": symbol,
                    "size": [13 if points[n].best else 9 for n in chosen],
                },
                "hovertext": [points[n].name for n in chosen],
                "hovertemplate": "%{hovertext}<br>%{y:.4f}<extra></extra>",
                "cliponaxis": False,
            })  # fmt: skip
    return made


def _layout(title: str, label: str) -> dict[str, Any]:
    return layout(title, HEIGHT) | {"yaxis": axis(label)}
