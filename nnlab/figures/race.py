"""Optimizers racing on a surface, and their losses step by step, as one Plotly figure."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.landscape import contours, mark, path
from nnlab.figures.lesson import axis, layout

HEIGHT = 310
XS, YS = (-5.0, 5.0), (-2.5, 2.5)
LEAST, MOST = 1e-4, 1e1  # of the loss above the lowest point, where it is drawn
LOOKS = {
    "SGD": (palette.BLUE, "circle"),
    "momentum": (palette.VERMILLION, "diamond"),
    "RMSprop": (palette.GREEN, "square"),
    "Adam": (palette.PURPLE, "triangle-up"),
}
_SOFTEN = 0.02  # keeps the logarithm of the bands away from the lowest point's −∞

Walk = Mapping[str, NDArray[np.floating]]


def race_figure(
    landscape: Mapping[str, Any], race: Mapping[str, Walk], step: int
) -> dict[str, Any]:
    """Left the paths over the surface, right the loss above its lowest point.

    Args:
        landscape: answer of `nnlab.lessons.optimizers.landscape`.
        race: answer of `race` from the same module.
        step: how many steps are shown.
    """
    lowest = landscape["lowest"]
    traces = [contours(landscape["x"], landscape["y"], landscape["loss"] - lowest + _SOFTEN)]
    for name, walk in race.items():
        traces += _racer(name, {key: values[: step + 1] for key, values in walk.items()}, lowest)
    steps = len(next(iter(race.values()))["x"]) - 1
    return {
        "data": traces,
        "layout": layout("Four optimizers on one surface", HEIGHT) | _axes(steps),
    }


def _racer(name: str, walk: Walk, lowest: float) -> list[dict[str, Any]]:
    colour, symbol = LOOKS[name]
    now = float(walk["x"][-1]), float(walk["y"][-1])
    return [
        path(walk["x"], walk["y"], walk["loss"], name, colour) | {"showlegend": False},
        mark(now[0], now[1], name, colour, symbol, 11),
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "showlegend": False,
            "xaxis": "x2",
            "yaxis": "y2",
            "y": above_lowest(walk["loss"], lowest),
            "line": {"color": colour, "width": 2},
            "hovertemplate": f"step %{{x}}: %{{y:.3g}}<extra>{name}</extra>",
        },
    ]


def above_lowest(loss: NDArray[np.floating], lowest: float) -> list[float]:
    """Heights above the lowest point, held between LEAST and MOST; what overflowed is at MOST."""
    heights = np.nan_to_num(np.asarray(loss, float) - lowest, nan=MOST, posinf=MOST, neginf=MOST)
    return [float(f"{value:.4g}") for value in np.clip(heights, LEAST, MOST)]


def _axes(steps: int) -> dict[str, Any]:
    logarithm = {"type": "log", "exponentformat": "power", "dtick": 1, "tickfont": {"size": 12}}
    return {
        "margin": {"l": 46, "r": 10, "t": 64, "b": 46},
        "xaxis": axis("x", *XS) | {"domain": [0, 0.58]},
        "yaxis": axis("y", *YS),
        "xaxis2": axis("Step", 0, steps) | {"domain": [0.74, 1], "anchor": "y2"},
        "yaxis2": axis("Loss above the lowest", np.log10(LEAST), np.log10(MOST))
        | logarithm
        | {"anchor": "x2"},
    }
