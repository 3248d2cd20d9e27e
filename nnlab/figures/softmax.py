"""Logits and the probabilities made of them, as one Plotly figure (plain dict)."""

from collections.abc import Sequence
from math import isfinite
from typing import Any

from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout


def softmax_bars(
    naive: Sequence[float], stable: Sequence[float], names: Sequence[str]
) -> dict[str, Any]:
    """Ten probabilities by both formulas, side by side; a bar is missing where one is NaN.

    Args:
        naive: probabilities by the formula as written, NaN where it broke.
        stable: the same by the formula that subtracts the largest logit.
        names: of the classes.
    """
    traces = [
        _bars("stable formula", stable, names, palette.BLUE),
        _bars("naive formula", naive, names, palette.ORANGE),
    ]
    return {
        "data": traces,
        "layout": layout("Probability of each class", 300)
        | {
            "xaxis": axis("Class") | {"type": "category"},
            "yaxis": axis("Probability") | {"range": [0, 1], "tickformat": ".0%"},
            "barmode": "group",
        },
    }


def _bars(name: str, values: Sequence[float], names: Sequence[str], colour: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": name,
        "x": list(names),
        "y": [float(value) if isfinite(value) else None for value in values],
        "marker": {"color": colour},
        "hovertemplate": "class %{x}: %{y:.2%}<extra>" + name + "</extra>",
    }
