"""Cross-entropy, MSE and accuracy over the true class's probability, and their gradients."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout

HEIGHT = 320
LOSSES, GRADIENTS = (-0.15, 4.75), (-1.05, 0.12)
_GAP = (0.42, 0.58)  # between the two charts, as shares of the width
_LOOK = {
    "cross_entropy": ("cross-entropy", palette.BLUE, "solid"),
    "mse": ("MSE", palette.ORANGE, "solid"),
    "accuracy": ("accuracy", palette.GREY, "dash"),
}
_LEFT = {"xaxis": "x", "yaxis": "y"}
_RIGHT = {"xaxis": "x2", "yaxis": "y2"}


def measures_figure(curves: Mapping[str, Any], samples: Mapping[str, Any]) -> dict[str, Any]:
    """Left the measures, right their gradients with respect to the true class's logit.

    Args:
        curves: answer of `nnlab.lessons.cross_entropy.curves`.
        samples: answer of `samples` from the same module; each is a numbered line.
    """
    traces = [
        *_numbered_lines(samples["probability"], LOSSES, _LEFT),
        *_numbered_lines(samples["probability"], GRADIENTS, _RIGHT),
        *(_curve(name, curves, name, _LEFT) for name in _LOOK),
        *(_curve(name, curves, f"{name}_gradient", _RIGHT) for name in _LOOK),
        *(_marks(name, samples, name, _LEFT) for name in _LOOK),
        *(_marks(name, samples, f"{name}_gradient", _RIGHT) for name in _LOOK),
        _cost(samples["cross_entropy_cost"]),
    ]
    base = layout("Three measures of a prediction", HEIGHT)
    above_the_numbers = {"legend": base["legend"] | {"y": 1.09}}
    return {"data": traces, "layout": base | above_the_numbers | _axes()}


def _curve(name: str, curves: Mapping[str, Any], what: str, axes: dict[str, str]) -> dict[str, Any]:
    title, colour, dash = _LOOK[name]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": title,
        "showlegend": axes is _LEFT,
        "x": _plain(curves["probability"]),
        "y": _plain(curves[what]),
        "line": {"color": colour, "width": 2.5, "dash": dash},
        "hovertemplate": "p %{x:.2f}: %{y:.3f}<extra>" + title + "</extra>",
    } | axes


def _marks(
    name: str, samples: Mapping[str, Any], what: str, axes: dict[str, str]
) -> dict[str, Any]:
    title, colour, _ = _LOOK[name]
    return {
        "type": "scatter",
        "mode": "markers",
        "showlegend": False,
        "x": _plain(samples["probability"]),
        "y": _plain(samples[what]),
        "marker": {"color": colour, "size": 10, "line": {"color": "#FFFFFF", "width": 1}},
        "cliponaxis": False,
        "hovertemplate": "p %{x:.2f}: %{y:.3f}<extra>" + title + "</extra>",
    } | axes


def _numbered_lines(
    probabilities: NDArray[np.floating], ends: tuple[float, float], axes: dict[str, str]
) -> list[dict[str, Any]]:
    """A dotted line up at each sample's probability, its number on top."""
    return [
        {
            "type": "scatter",
            "mode": "lines+text",
            "showlegend": False,
            "x": [round(float(p), 4)] * 2,
            "y": list(ends),
            "text": ["", str(number)],
            "textposition": "top center",
            "textfont": {"size": 13},
            "line": {"color": palette.GREY, "width": 1, "dash": "dot"},
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
        | axes
        for number, p in enumerate(probabilities, start=1)
    ]


def _cost(cost: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "cost: mean loss",
        "x": [0, 1],
        "y": [round(cost, 4)] * 2,
        "line": {"color": palette.BLUE, "width": 1.5, "dash": "dot"},
        "hovertemplate": "mean of the samples' cross-entropy: %{y:.3f}<extra></extra>",
    }


def _plain(values: NDArray[np.floating]) -> list[float]:
    return np.round(np.asarray(values, float), 4).tolist()


def _axes() -> dict[str, Any]:
    probability = axis("Probability of the true class", 0, 1) | {
        "tickformat": ".0%",
        "tickvals": [0, 0.5, 1],
    }
    return {
        "margin": {"l": 46, "r": 24, "t": 88, "b": 46},
        "xaxis": probability | {"domain": [0, _GAP[0]]},
        "yaxis": _named("Loss, or right (1)", LOSSES),
        "xaxis2": probability | {"domain": [_GAP[1], 1], "anchor": "y2"},
        "yaxis2": _named("Gradient at its logit", GRADIENTS) | {"anchor": "x2"},
    }


def _named(title: str, ends: tuple[float, float]) -> dict[str, Any]:
    return axis(title, *ends) | {"title": {"text": title, "font": {"size": 13}, "standoff": 2}}
