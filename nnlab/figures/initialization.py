"""Activations and gradients in an untrained stack of layers, as one Plotly figure."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout

HEIGHT = 310
MOST_LAYERS = 10
SMALLEST, LARGEST = 1e-12, 1e6  # of spread and gradient, where they are drawn
_HALF_WIDTH = 0.44


def stack_figure(
    stack: Mapping[str, Any], span: tuple[float, float], activation: str
) -> dict[str, Any]:
    """Left how activations are spread in each hidden layer, right spread and gradient as numbers.

    Args:
        stack: answer of `nnlab.lessons.initialization.stack`.
        span: smallest and largest activation drawn; what is beyond is at the edge.
        activation: name of the function.
    """
    depth = len(stack["mean"])
    return {
        "data": [
            _shapes(stack["histogram"], span),
            _bands(stack["mean"], stack["std"], span),
            _sizes("std", stack["std"], range(1, depth + 1), palette.BLUE, "circle"),
            _sizes(
                "gradient",
                stack["gradient"],
                range(1, depth + 2),
                palette.VERMILLION,
                "diamond",
            ),
        ],
        "layout": layout("Activations and gradients by layer", HEIGHT) | _axes(span, activation),
    }


def _shapes(histograms: Sequence[NDArray[np.integer]], span: tuple[float, float]) -> Any:
    """A violin of steps for each layer: as wide as its fullest bin allows."""
    low, high = span
    n_bins = len(histograms[0])
    edges = np.linspace(low, high, n_bins + 1).repeat(2)[1:-1]
    x: list[float | None] = []
    y: list[float | None] = []
    for layer, counts in enumerate(histograms, start=1):
        half = _HALF_WIDTH * (counts / max(counts.max(), 1)).repeat(2)
        x += [*np.round(layer + half, 3).tolist(), *np.round(layer - half, 3)[::-1].tolist(), None]
        y += [*np.round(edges, 4).tolist(), *np.round(edges, 4)[::-1].tolist(), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "activations",
        "x": x,
        "y": y,
        "fill": "toself",
        "line": {"color": palette.SKY, "width": 1},
        "hoverinfo": "skip",
    }


def _bands(
    means: Sequence[float], stds: Sequence[float], span: tuple[float, float]
) -> dict[str, Any]:
    """From mean − std to mean + std, as far as it lies in the picture."""
    x: list[float | None] = []
    y: list[float | None] = []
    for layer, (mean, std) in enumerate(zip(means, stds, strict=True), start=1):
        x += [layer, layer, None]
        y += [*np.clip(_finite([mean - std, mean + std], span[1]), *span).tolist(), None]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "mean ± std",
        "x": x,
        "y": y,
        "line": {"color": palette.ORANGE, "width": 3},
        "marker": {"symbol": "line-ew-open", "size": 9, "color": palette.ORANGE},
        "hovertemplate": "layer %{x}: %{y:.3g}<extra></extra>",
    }


def _sizes(
    name: str, values: Sequence[float], layers: Sequence[int], colour: str, symbol: str
) -> dict[str, Any]:
    drawn = np.clip(_finite(values, LARGEST), SMALLEST, LARGEST)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": list(layers),
        "y": [float(f"{value:.4g}") for value in drawn],
        "xaxis": "x2",
        "yaxis": "y2",
        "line": {"color": colour, "width": 2},
        "marker": {"color": colour, "symbol": symbol, "size": 7},
        "hovertemplate": f"layer %{{x}}: %{{y:.3g}}<extra>{name}</extra>",
    }


def _finite(values: Sequence[float], instead: float) -> NDArray[np.float64]:
    return np.nan_to_num(np.asarray(values, float), nan=instead, posinf=instead, neginf=-instead)


def _axes(span: tuple[float, float], activation: str) -> dict[str, Any]:
    low, high = span
    margin = 0.04 * (high - low)
    name = f"relu above 0; top: {high:g} or more" if activation == "relu" else activation
    powers = {"type": "log", "dtick": 3, "exponentformat": "power", "tickfont": {"size": 12}}
    small, large = float(np.log10(SMALLEST)), float(np.log10(LARGEST))
    return {
        "margin": {"l": 46, "r": 10, "t": 64, "b": 46},
        "xaxis": axis("Hidden layer", 0.4, MOST_LAYERS + 0.6) | {"domain": [0, 0.52], "dtick": 1},
        "yaxis": axis(name.capitalize(), low - margin, high + margin),
        "xaxis2": axis("Layer", 0.4, MOST_LAYERS + 1.6)
        | {"domain": [0.67, 1], "dtick": 2, "tick0": 1, "anchor": "y2"},
        "yaxis2": axis("Size of std and gradient", small, large) | powers | {"anchor": "x2"},
    }
