"""A sweep's trials as Plotly figures (plain dicts)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any

from nnlab.analysis.thinning import thin
from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout

HEIGHT = 300
_FEW = 10  # curves that get a colour each
_CURVE_POINTS = 150  # of a curve, which is as wide as half a page
_ROOM = 0.08  # of the values' span, above and below them
_LEAST_ROOM = 0.01  # of the largest value, where they hardly differ
_TICKS = 8  # more than Plotly sets on an axis of this height
_DECADES = 2  # so many powers of ten need no ticks between them


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


@dataclass(frozen=True)
class Range:
    """Where a setting's values lie; with `log`, both ends are above 0."""

    low: float
    high: float
    log: bool


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
        "data": [so_far, *_dots(points, numbers, label)],
        "layout": _layout("Trial by trial", label, [point.value for point in points])
        | {"xaxis": axis("Trial", 0.5, trials + 0.5) | {"tickformat": "d"}, "showlegend": True},
    }


def objective_by_setting(
    points: Sequence[TrialPoint],
    values: Sequence[float | str],
    setting: str,
    label: str,
    places: Sequence[str] | Range,
) -> dict[str, Any]:
    """Each trial's figure over one setting; what else varies spreads the dots.

    Args:
        points: trials that have a figure.
        values: the setting's value in each.
        setting: its name.
        label: what the figure is called.
        places: all texts that `values` may be, in order, which stand at equal distances; or the
            range in which they are numbers. So the axis stays as it is while trials come.
    """
    layout = _layout(f"By {setting[:1].lower()}{setting[1:]}", label, [p.value for p in points])
    if isinstance(places, Range):
        across = _over_range(setting, places)
    else:
        across = _over_places(setting, places)
    margin = layout["margin"] | {"t": 44}  # there is no legend
    layout |= {"xaxis": across, "showlegend": False, "margin": margin}
    return {"data": _dots(points, list(values), label), "layout": layout}


def _over_places(setting: str, places: Sequence[str]) -> dict[str, Any]:
    order = {"type": "category", "categoryorder": "array", "categoryarray": list(places)}
    return axis(setting, -0.5, len(places) - 0.5) | order


def _over_range(setting: str, places: Range) -> dict[str, Any]:
    """On a logarithmic axis Plotly has the ends as logarithms; ticks are powers of ten there."""
    ends = (log10(places.low), log10(places.high)) if places.log else (places.low, places.high)
    room = (ends[1] - ends[0]) * _ROOM / 2
    made = axis(setting, ends[0] - room, ends[1] + room)
    if not places.log:
        return made
    ticks = {"dtick": 1, "exponentformat": "power"} if ends[1] - ends[0] >= _DECADES else {}
    return made | {"type": "log"} | ticks


def trial_curves(points: Sequence[TrialPoint], label: str, epochs: int) -> dict[str, Any]:
    """A line for each trial, the best one thick; of many only the best has a colour."""
    few = len(points) <= _FEW
    traces = [
        _curve(point, palette.class_colour(number) if few else _many(point), label)
        for number, point in enumerate(points)
    ]
    across = axis("Epoch", 0.8, max(epochs, 1) + 0.2) | ({"dtick": 1} if epochs <= 12 else {})
    values = [value for point in points for _, value in point.curve]
    layout = _layout("By epoch, the best one thick", label, values)
    return {"data": traces, "layout": layout | {"xaxis": across, "showlegend": False}}


def _curve(point: TrialPoint, colour: str, label: str) -> dict[str, Any]:
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
        "hovertemplate": f"{point.name}<br>epoch %{{x}}: {_hovered(label)}<extra></extra>",
    }


def _many(point: TrialPoint) -> str:
    return palette.ORANGE if point.best else palette.NEUTRAL


def _dots(points: Sequence[TrialPoint], x: Sequence[Any], label: str) -> list[dict[str, Any]]:
    """Those that ran to their end, those that were ended early, and the best one, larger."""
    kinds = {
        "trial": [n for n, point in enumerate(points) if not (point.pruned or point.best)],
        "pruned": [n for n, point in enumerate(points) if point.pruned and not point.best],
        "best": [n for n, point in enumerate(points) if point.best],
    }
    return [_dotted(name, points, x, chosen, label) for name, chosen in kinds.items() if chosen]


def _dotted(
    name: str, points: Sequence[TrialPoint], x: Sequence[Any], chosen: Sequence[int], label: str
) -> dict[str, Any]:
    colour, symbol, size = {
        "trial": (palette.BLUE, "circle", 9),
        "pruned": (palette.WRONG, "x", 9),
        "best": (palette.ORANGE, "circle", 13),
    }[name]
    return {
        "type": "scatter", "mode": "markers", "name": name, "showlegend": name == "pruned",
        "x": [x[n] for n in chosen],
        "y": [round(points[n].value, 5) for n in chosen],
        "marker": {"color": colour, "symbol": symbol, "size": size},
        "hovertext": [points[n].name for n in chosen],
        "hovertemplate": f"%{{hovertext}}<br>{_hovered(label)}<extra></extra>",
        "cliponaxis": False,
    }  # fmt: skip


def _layout(title: str, label: str, values: Sequence[float]) -> dict[str, Any]:
    """What is written at the ticks may be long: `automargin` makes room for the axis's name."""
    span = _span(values)
    made = axis(label, *span) | {"automargin": True}
    if span and _share(label):
        made["tickformat"] = f".{_digits(*span)}%"
    return layout(title, HEIGHT) | {"yaxis": made}


def _share(label: str) -> bool:
    """Whether it is an accuracy, written in per cent as in the table beside."""
    return label.endswith("accuracy")


def _hovered(label: str) -> str:
    return "%{y:.2%}" if _share(label) else "%{y:.4f}"


def _digits(low: float, high: float) -> int:
    """Of a percentage, so that no two ticks of an axis between them are written alike."""
    return max(-floor(log10(100 * (high - low) / _TICKS)), 0) if high > low else 0


def _span(values: Sequence[float]) -> tuple[float, float] | tuple[()]:
    """Ends of an axis around them; by itself Plotly draws one value between -1 and 1."""
    if not values:
        return ()
    low, high = min(values), max(values)
    room = max(_ROOM * (high - low), _LEAST_ROOM * abs(high))
    return low - room, high + room
