"""All runs of a class in one chart: their curves, and a setting against what they reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from math import ceil, log10
from typing import Any

from nnlab.datasets.catalog import Figure
from nnlab.figures import palette
from nnlab.figures.curves import Metric
from nnlab.figures.lesson import axis, layout, names_below

HEIGHT = 460
# So many lines can be told apart by their colours; of more, only one's own stand out.
MOST_COLOURS = 8
_WIDE_RANGE = 20  # from here on, largest to smallest, an axis is logarithmic
_OWN = "yours"
_OTHERS = "the others"
METRIC_WORDS: dict[Metric, str] = {
    "accuracy": "accuracy", "mean_absolute_error": "absolute error", "loss": "loss",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A run's training curve. `name` is plain text; `mine` of the one who looks."""

    name: str
    mine: bool
    epochs: tuple[float, ...]
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Dot:
    """A run's setting and its figure in the test: the accuracy (0 to 1), or the absolute error."""

    name: str
    mine: bool
    value: Any
    figure: float


def overlay(lines: Sequence[Line], metric: Metric) -> dict[str, Any]:
    """The training curves of many runs over epochs.

    Up to `MOST_COLOURS` lines each have a colour and a name in the legend. Of more, one's own are
    drawn above the others, which share a colour; the name stands where the pointer rests.
    """
    few = len(lines) <= MOST_COLOURS
    drawn = list(lines) if few else sorted(lines, key=lambda line: line.mine)
    traces = [
        _curve(line, metric) | (_coloured(number, line) if few else _muted(line, number, drawn))
        for number, line in enumerate(drawn)
    ]
    last = max((line.epochs[-1] for line in lines if line.epochs), default=1.0)
    made = layout(f"Training {METRIC_WORDS[metric]} of {len(lines)} runs", HEIGHT)
    base = names_below(made, len(lines)) if few else made
    return {
        "data": traces,
        "layout": base
        | {
            "uirevision": f"wall-{metric}",
            "xaxis": axis("Epoch", 0, max(ceil(last), 1)),
            "yaxis": _figure_axis("Training", metric, [v for line in lines for v in line.values]),
        },
    }


def scatter(dots: Sequence[Dot], setting: str, figure: Figure = "accuracy") -> dict[str, Any]:
    """A setting against a figure in the test, a dot a run.

    Numbers get an axis, a logarithmic one where they are far apart; anything else, and numbers
    mixed with words, a place each.

    Args:
        dots: at least one.
        setting: what it is called.
        figure: of the dots.
    """
    numbers = all(_is_number(dot.value) for dot in dots)
    base = layout(f"{setting} and test {METRIC_WORDS[figure]}", HEIGHT)
    return {
        "data": [
            _dots(dots, mine, numbers) | {"hovertemplate": _hover("%{text}<br>%{x}", figure)}
            for mine in (False, True)
        ],
        "layout": base
        | {
            "xaxis": axis(setting) | (_number_axis(dots) if numbers else _word_axis(dots)),
            "yaxis": _figure_axis("Test", figure, [dot.figure for dot in dots]),
            "showlegend": any(dot.mine for dot in dots),
        },
    }


def in_words(value: Any) -> str:
    """A setting's value as a table or an axis shows it; a dash for none."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _curve(line: Line, metric: Metric) -> dict[str, Any]:
    name = escape(line.name)
    x, y = _rounded(line.epochs, line.values)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": y,
        "hovertemplate": _hover(f"{name}<br>epoch %{{x:.1f}}", metric),
    }


def _hover(before: str, metric: Metric) -> str:
    number = "%{y:.2%}" if metric == "accuracy" else "%{y:.4f}"
    return f"{before}: {number}<extra></extra>"


@lru_cache(maxsize=4096)
def _rounded(
    epochs: tuple[float, ...], values: tuple[float | None, ...]
) -> tuple[list[float], list[float | None]]:
    """A curve's points as they are sent; made once for all who look, and to be read only."""
    return (
        [round(epoch, 3) for epoch in epochs],
        [None if value is None else float(f"{value:.4g}") for value in values],
    )


def _coloured(number: int, line: Line) -> dict[str, Any]:
    return {
        "line": {"color": palette.class_colour(number), "width": 3 if line.mine else 2},
        "showlegend": True,
    }


def _muted(line: Line, number: int, drawn: Sequence[Line]) -> dict[str, Any]:
    """One entry in the legend for all of a colour: at the first line that has it."""
    first = number == 0 or drawn[number - 1].mine != line.mine
    faint = round(min(0.7, max(0.25, 12 / len(drawn))), 2)
    look = (
        {"color": palette.ORANGE, "width": 2.5} if line.mine else {"color": palette.SKY, "width": 1}
    )
    return {
        "line": look,
        "opacity": 1.0 if line.mine else faint,
        "name": _OWN if line.mine else _OTHERS,
        "showlegend": first and drawn[-1].mine,
    }


def _figure_axis(part: str, metric: Metric, values: Sequence[float | None]) -> dict[str, Any]:
    title = f"{part} {METRIC_WORDS[metric]}"
    if metric == "accuracy":
        low = _tenth_below(min((value for value in values if value is not None), default=0.0))
        return axis(title, low, 1.005) | {"tickformat": ".0%"}
    return axis(title) | {"rangemode": "tozero"}


def _tenth_below(value: float) -> float:
    return min(int(value * 10) / 10, 0.9)


def _dots(dots: Sequence[Dot], mine: bool, numbers: bool) -> dict[str, Any]:
    shown = [dot for dot in dots if dot.mine == mine]
    marker = {
        "color": palette.ORANGE if mine else palette.BLUE,
        "symbol": "diamond" if mine else "circle",
        "size": 13 if mine else 10,
        "opacity": 0.9 if mine else 0.55,
        "line": {"color": "#FFFFFF", "width": 1},
    }
    return {
        "type": "scatter",
        "mode": "markers",
        "name": _OWN if mine else _OTHERS,
        "x": [dot.value if numbers else _word(dot.value) for dot in shown],
        "y": [round(dot.figure, 4) for dot in shown],
        "text": [escape(dot.name) for dot in shown],
        "marker": marker,
        "cliponaxis": False,
    }


def _word(value: Any) -> str:
    return escape(in_words(value))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _number_axis(dots: Sequence[Dot]) -> dict[str, Any]:
    values = sorted({dot.value for dot in dots})
    if values[0] > 0 and values[-1] / values[0] >= _WIDE_RANGE:
        room = 0.06 * log10(values[-1] / values[0])
        ends = [log10(values[0]) - room, log10(values[-1]) + room]
        return {"type": "log", "range": ends, "dtick": 1, "exponentformat": "none"}
    room = 0.06 * (values[-1] - values[0]) or 1
    return {"type": "linear", "range": [values[0] - room, values[-1] + room]}


def _word_axis(dots: Sequence[Dot]) -> dict[str, Any]:
    """Numbers first, in their order, then words."""
    values = {_word(dot.value): dot.value for dot in dots}
    order = sorted(values, key=lambda word: _order(values[word], word))
    return {"type": "category", "categoryorder": "array", "categoryarray": order}


def _order(value: Any, word: str) -> tuple[bool, float, str]:
    number = _is_number(value)
    return (not number, value if number else 0.0, word)
