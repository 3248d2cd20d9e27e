"""A neuron's output over its two inputs, beside its activation or beside one layer fewer."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout

HEIGHT = 270
_GAP = (0.36, 0.57)  # between the two charts, as shares of the width; the colour bar stands there
_LEVELS = 12  # lines of equal output
_COLOURS = [[0, palette.BLUE], [0.5, "#F5F5F5"], [1, palette.VERMILLION]]
# Range of the output by activation: bounded ones would be flat on the scale of the others.
_RANGES = {
    "step": (-0.2, 1.2), "sigmoid": (-0.2, 1.2), "tanh": (-1.2, 1.2),
    "linear": (-6.0, 6.0), "ReLU": (-2.0, 6.0), "ELU": (-2.0, 6.0),
}  # fmt: skip
_COLOURED = {"step": (0.0, 1.0), "sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}
_COLOURED_WIDE = (-4.0, 4.0)
_STACKED_RANGES = {"step": (-1.5, 2.0), "sigmoid": (-1.5, 2.0), "tanh": (-3.0, 3.0)}
_STACKED_WIDE = (-5.0, 5.0)
_STACKED_COLOURED = (-3.0, 3.0)


def neuron_figure(
    answer: Mapping[str, Any], here: tuple[float, float], activation: str
) -> dict[str, Any]:
    """Left the output over both inputs, right the activation, its slope and where we stand.

    Args:
        answer: of `nnlab.lessons.neuron.alone`.
        here: both inputs.
        activation: name of the activation function.
    """
    low, high = _RANGES[activation]
    traces = [
        *_plane(answer, here, _COLOURED.get(activation, _COLOURED_WIDE)),
        _curve("activation", answer["sums"], answer["curve"], palette.BLUE, 3),
        _curve("its slope", answer["sums"], answer["slopes"], palette.ORANGE, 2, "dash"),
        _point("you are here", answer["z"], answer["output"], "x2", "y2"),
    ]
    right = (axis("Weighted sum z", -6, 6), axis("Output", low, high))
    return {"data": traces, "layout": _layout("One neuron", *right)}


def stacked_figure(
    answer: Mapping[str, Any], here: tuple[float, float], activation: str
) -> dict[str, Any]:
    """Left the output of two layers over both inputs, right a cut through it along input 1.

    Args:
        answer: of `nnlab.lessons.neuron.stacked`.
        here: both inputs; the cut goes through them.
        activation: name of the activation function between the layers.
    """
    low, high = _STACKED_RANGES.get(activation, _STACKED_WIDE)
    traces = [
        *_plane(answer, here, _STACKED_COLOURED),
        _cut_line(here[1]),
        _curve("two layers", answer["inputs"], answer["cut_two"], palette.BLUE, 5),
        _curve("one layer, W₁W₂", answer["inputs"], answer["cut_one"], palette.ORANGE, 2.5, "dash"),
        _point("you are here", here[0], answer["two"], "x2", "y2"),
    ]
    right = (axis("Input x₁, along the dotted line", -1, 1), axis("Output", low, high))
    return {"data": traces, "layout": _layout("Two layers", *right)}


def _plane(
    answer: Mapping[str, Any], here: tuple[float, float], colours: tuple[float, float]
) -> list[dict[str, Any]]:
    """The map over both inputs with lines of equal output, and the point of the inputs."""
    ticks = [colours[0], (colours[0] + colours[1]) / 2, colours[1]]
    size = (colours[1] - colours[0]) / _LEVELS
    return [
        {
            "type": "contour",
            "x": _plain(answer["inputs"]),
            "y": _plain(answer["inputs"]),
            "z": np.round(np.asarray(answer["map"], float), 3).tolist(),
            "zmin": colours[0],
            "zmax": colours[1],
            "zauto": False,
            "autocontour": False,
            "contours": {
                "coloring": "heatmap",
                "start": colours[0] + size / 2,  # between levels that fill whole areas, such as 0
                "end": colours[1],
                "size": size,
            },
            "line": {"width": 0.7, "color": "rgba(0, 0, 0, 0.45)", "smoothing": 0},
            "colorscale": _COLOURS,
            "colorbar": {
                "thickness": 8, "x": _GAP[0] + 0.01, "xpad": 2, "outlinewidth": 0,
                "tickvals": ticks, "tickfont": {"size": 12},
            },
            "hovertemplate": "x₁ %{x:.2f}, x₂ %{y:.2f}: %{z:.2f}<extra></extra>",
        },
        _point("you are here", *here) | {"showlegend": False},
    ]  # fmt: skip


def _cut_line(x2: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [-1, 1],
        "y": [x2, x2],
        "line": {"color": "#111", "width": 2, "dash": "dot"},
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _curve(
    name: str,
    x: NDArray[np.floating],
    y: NDArray[np.floating],
    colour: str,
    width: float,
    dash: str = "solid",
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": _plain(x),
        "y": _plain(y),
        "xaxis": "x2",
        "yaxis": "y2",
        "line": {"color": colour, "width": width, "dash": dash},
        "hovertemplate": "%{x:.2f}: %{y:.3f}<extra>" + name + "</extra>",
    }


def _point(name: str, x: float, y: float, xaxis: str = "x", yaxis: str = "y") -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [round(float(x), 4)],
        "y": [round(float(y), 4)],
        "xaxis": xaxis,
        "yaxis": yaxis,
        "marker": {
            "color": palette.YELLOW, "size": 13, "line": {"color": "#111", "width": 2},
        },
        "hovertemplate": "(%{x:.2f}, %{y:.3f})<extra>" + name + "</extra>",
        "cliponaxis": False,
    }  # fmt: skip


def _plain(values: NDArray[np.floating]) -> list[float]:
    return np.round(np.asarray(values, float), 4).tolist()


def _layout(title: str, xaxis2: dict[str, Any], yaxis2: dict[str, Any]) -> dict[str, Any]:
    base = layout(title, HEIGHT)
    return base | {
        "margin": {"l": 46, "r": 8, "t": 40, "b": 46},
        "legend": base["legend"] | {"x": 1, "xanchor": "right"},
        "xaxis": axis("Input x₁", -1, 1) | {"domain": [0, _GAP[0]]},
        "yaxis": axis("Input x₂", -1, 1)
        | {"title": {"text": "Input x₂", "font": {"size": 13}, "standoff": 2}},
        "xaxis2": xaxis2 | {"domain": [_GAP[1], 1], "anchor": "y2"},
        "yaxis2": yaxis2
        | {"anchor": "x2", "title": {"text": "Output", "font": {"size": 13}, "standoff": 2}},
    }
