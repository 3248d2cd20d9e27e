"""Settings and results of many runs: a setting against a result, and all of them side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import log10
from textwrap import wrap
from typing import Any

import numpy as np

from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout
from nnlab.figures.wall import in_words

HEIGHT = 460
_WIDE_RANGE = 20  # from here on, largest to smallest, an axis is logarithmic
_TICKS = 5
_LABEL = 14  # letters in a line of an axis's name
_MOST_VALUES = 6  # up to so many values have a tick each, if they are so far apart:
_LEAST_STEP = 0.06  # of the axis


@dataclass(frozen=True)
class Result:
    """A figure that runs end with, one a run, None where a run has none; `share` of 1."""

    name: str
    values: tuple[float | None, ...]
    share: bool


@dataclass(frozen=True)
class Setting:
    """A setting in which runs differ, one value a run, None where a run does not have it."""

    name: str
    values: tuple[Any, ...]


def scatter(names: Sequence[str], setting: Setting, result: Result) -> dict[str, Any]:
    """A setting against a result, a dot a run; the pointer tells which.

    Runs without the result are left out. Numbers get an axis, logarithmic where they are far
    apart; anything else a place each.
    """
    kept = [at for at, y in enumerate(result.values) if y is not None]
    values = [setting.values[at] for at in kept]
    numbers = all(_is_number(value) for value in values)
    value = "%{y:.2%}" if result.share else "%{y:.4g}"
    made = layout(f"{setting.name} and {result.name.lower()}", HEIGHT)
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "x": values if numbers else [escape(in_words(each)) for each in values],
                "y": [result.values[at] for at in kept],
                "text": [escape(names[at]) for at in kept],
                "marker": {
                    "color": palette.BLUE, "size": 10, "opacity": 0.7,
                    "line": {"color": "#FFFFFF", "width": 1},
                },
                "cliponaxis": False,
                "hovertemplate": f"%{{text}}<br>%{{x}}: {value}<extra></extra>",
            }
        ],
        "layout": made
        | {
            "xaxis": axis(setting.name) | _x_axis(values, numbers),
            "yaxis": axis(result.name)
            | {"automargin": True}
            | ({"tickformat": ".1%"} if result.share else {}),
            "showlegend": False,
        },
    }  # fmt: skip


def parallel(names: Sequence[str], settings: Sequence[Setting], result: Result) -> dict[str, Any]:
    """Parallel coordinates: an upright axis for each setting and the result, a line for each run.

    Lines are coloured by the result. A run without it is left out; where it does not have a
    setting, its line has a gap.

    Args:
        names: of the runs, plain text.
        settings: at least one.
        result: the last axis.
    """
    kept = [at for at, y in enumerate(result.values) if y is not None]
    columns = [_column(each.name, [each.values[at] for at in kept], False) for each in settings]
    columns.append(_column(result.name, [result.values[at] for at in kept], result.share))
    heights = columns[-1].places
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": list(range(len(columns))),
            "y": [column.places[at] for column in columns],
            "text": [column.words[at] for column in columns],
            "line": {"color": _shade(heights[at] or 0.0), "width": 2},
            "marker": {"size": 6},
            "opacity": 0.8,
            "name": escape(names[run]),
            "cliponaxis": False,
            "hovertemplate": f"{escape(names[run])}<br>%{{text}}<extra></extra>",
        }
        for at, run in enumerate(kept)
    ]
    return {"data": traces, "layout": _parallel_layout(columns, result.name)}


@dataclass(frozen=True)
class _Column:
    """An upright axis: each run's place on it (0 to 1), its value in words, and ticks."""

    name: str
    places: list[float | None]
    words: list[str]
    ticks: list[tuple[float, str]]


def _column(name: str, values: Sequence[Any], share: bool) -> _Column:
    def told(value: Any) -> str:
        return f"{100 * value:.4g} %" if share and value is not None else _short(value)

    held = [value for value in values if value is not None]
    words = [f"{escape(name)}: {escape(told(value))}" for value in values]
    if held and all(_is_number(value) for value in held):
        low, high = min(held), max(held)
        scaled = log10 if low > 0 and high / low >= _WIDE_RANGE else float
        places = [None if v is None else _between(scaled(v), scaled(low), scaled(high))
                  for v in values]  # fmt: skip
        ticks = [
            (_between(scaled(v), scaled(low), scaled(high)), told(v))
            for v in _tick_values(held, scaled is log10)
        ]
        return _Column(name, places, words, ticks)
    order = sorted({told(value) for value in held})
    place = {word: _between(at, 0, len(order) - 1) for at, word in enumerate(order)}
    places = [None if value is None else place[told(value)] for value in values]
    return _Column(name, places, words, [(place[word], word) for word in order])


def _between(value: float, low: float, high: float) -> float:
    return round((value - low) / (high - low), 4) if high > low else 0.5


def _tick_values(values: Sequence[float], logarithmic: bool) -> list[float]:
    """The values themselves where they are few, and not squeezed together; else even ones."""
    few = sorted(set(values))
    low, high = few[0], few[-1]
    scaled = log10 if logarithmic else float
    places = [_between(scaled(v), scaled(low), scaled(high)) for v in few]
    steps = [after - before for before, after in pairwise(places)]
    if len(few) <= _MOST_VALUES and min(steps, default=1.0) >= _LEAST_STEP:
        return few
    spread = np.geomspace if logarithmic else np.linspace
    spread_out: list[float] = spread(low, high, _TICKS).tolist()
    whole = isinstance(low, int) and isinstance(high, int)
    return sorted({round(value) for value in spread_out}) if whole else spread_out


def _parallel_layout(columns: Sequence[_Column], result: str) -> dict[str, Any]:
    last = len(columns) - 1
    shapes = [
        {"type": "line", "xref": "x", "yref": "y", "x0": at, "x1": at, "y0": 0, "y1": 1,
         "line": {"color": palette.GREY, "width": 1}}
        for at in range(len(columns))
    ]  # fmt: skip
    ticks = [
        {"x": at, "y": place, "xref": "x", "yref": "y", "text": escape(word[:28]),
         "showarrow": False, "font": {"size": 11},
         "xanchor": "right" if at == last else "left", "xshift": -8 if at == last else 8}
        for at, column in enumerate(columns)
        for place, word in column.ticks
    ]  # fmt: skip
    return layout(f"Settings and {result.lower()}, a line for each run", HEIGHT) | {
        "xaxis": {
            "tickvals": list(range(len(columns))),
            "ticktext": [_wrapped(column.name) for column in columns],
            "ticklabeloverflow": "allow",
            "range": [-0.12, last + 0.12], "showgrid": False, "zeroline": False, "side": "top",
        },
        "yaxis": {"visible": False, "range": [-0.05, 1.05]},
        "shapes": shapes,
        "annotations": ticks,
        "showlegend": False,
        "margin": {"l": 48, "r": 48, "t": 110, "b": 16},
    }  # fmt: skip


def _shade(place: float) -> str:
    """From orange (lowest) to blue (highest), both seen on light and dark pages."""
    ends = ((230, 159, 0), (0, 114, 178))
    mixed = (round(low + place * (high - low)) for low, high in zip(*ends, strict=True))
    return f"rgb({', '.join(str(part) for part in mixed)})"


def _short(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else in_words(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _x_axis(values: Sequence[Any], numbers: bool) -> dict[str, Any]:
    if not numbers or not values:
        return {"type": "category"}
    if min(values) > 0 and max(values) / min(values) >= _WIDE_RANGE:
        return {"type": "log", "dtick": 1, "exponentformat": "none"}
    return {"type": "linear"}


def _wrapped(name: str) -> str:
    return "<br>".join(escape(line) for line in wrap(name, _LABEL))
