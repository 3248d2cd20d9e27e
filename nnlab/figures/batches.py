"""Paths of batches of different sizes, and what a pass costs in time, as Plotly figures."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.landscape import contours, mark, path
from nnlab.figures.lesson import axis, layout

HEIGHT = 310
SLOPES, INTERCEPTS = (0.5, 5.0), (-3.0, 3.0)
FULL, CHOSEN, BEST = palette.BLUE, palette.VERMILLION, palette.GREEN
_LOSSES = (0.3, 60.0)

Walk = Mapping[str, Any]


def paths_figure(
    surface: Mapping[str, Any], chosen: Walk, full: Walk, size: int, passes: float
) -> dict[str, Any]:
    """Left both paths over slope and intercept, right the loss against passes over the data.

    Args:
        surface: answer of `nnlab.lessons.linear_regression.surface`.
        chosen: answer of `nnlab.lessons.batch_size.paths` for batches of `size`.
        full: the same for a single batch of all points.
        passes: how many passes are shown, also in part.
    """
    slope, intercept = surface["best"]
    name = f"batches of {size}"
    traces = [
        contours(surface["slopes"], surface["intercepts"], surface["loss"]),
        *_walk(chosen, passes, name, CHOSEN, "diamond"),
        *_walk(full, passes, "all 40", FULL, "circle"),
        mark(slope, intercept, "lowest point", BEST, "star", 14),
    ]
    total = (len(full["loss"]) - 1) // full["steps_per_pass"]
    return {
        "data": traces,
        "layout": layout("Same passes, different batches", HEIGHT) | _path_axes(total),
    }


def _walk(walk: Walk, passes: float, name: str, colour: str, symbol: str) -> list[dict[str, Any]]:
    done = steps_done(passes, walk["steps_per_pass"])
    slope, intercept, loss = (walk[key][: done + 1] for key in ("slope", "intercept", "loss"))
    return [
        path(slope, intercept, loss, name, colour) | {"showlegend": False},
        mark(float(slope[-1]), float(intercept[-1]), name, colour, symbol, 11),
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "showlegend": False,
            "xaxis": "x2",
            "yaxis": "y2",
            "x": np.round(np.arange(done + 1) / walk["steps_per_pass"], 4).tolist(),
            "y": _drawable(loss),
            "line": {"color": colour, "width": 1.5},
            "hovertemplate": f"pass %{{x:.2f}}: loss %{{y:.3g}}<extra>{name}</extra>",
        },
    ]


def steps_done(passes: float, steps_per_pass: int) -> int:
    """Whole steps made after so many passes."""
    # A hair more, or 0.3 passes of ten steps would be 2.9999… steps.
    return int(passes * steps_per_pass + 1e-6)


def _drawable(loss: NDArray[np.floating]) -> list[float]:
    """Held at the chart's upper end, where overflow is shown as well."""
    held = np.nan_to_num(np.asarray(loss, float), nan=_LOSSES[1], posinf=_LOSSES[1])
    return np.round(np.minimum(held, _LOSSES[1]), 4).tolist()


def _path_axes(passes: int) -> dict[str, Any]:
    low, high = (float(np.log10(loss)) for loss in _LOSSES)
    return {
        "margin": {"l": 46, "r": 10, "t": 64, "b": 46},
        "xaxis": axis("Slope", *SLOPES) | {"domain": [0, 0.55]},
        "yaxis": axis("Intercept", *INTERCEPTS),
        "xaxis2": axis("Passes", 0, passes) | {"domain": [0.7, 1], "anchor": "y2"},
        "yaxis2": axis("Loss", low, high) | {"type": "log", "dtick": 1, "anchor": "x2"},
    }


def times_figure(
    sizes: Sequence[int], steps: Sequence[int], seconds: Sequence[float]
) -> dict[str, Any]:
    """What one step and one pass cost at each batch size, side by side.

    Args:
        sizes: of the batches.
        steps: that make a pass at each.
        seconds: that a pass takes at each.
    """
    names = [f"{size:,}" for size in sizes]
    passes = [1000 * total for total in seconds]
    single = [total / n for total, n in zip(passes, steps, strict=True)]
    return {
        "data": [_bars("one step", names, single, FULL, ""),
                 _bars("one pass", names, passes, CHOSEN, "2")],
        "layout": layout("Time at each batch size", HEIGHT) | _time_axes(max(single), max(passes)),
    }  # fmt: skip


def _bars(
    name: str, sizes: list[str], milliseconds: list[float], colour: str, axes: str
) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": name,
        "x": sizes,
        "y": milliseconds,
        "text": [f"{value:.2g}" if value < 10 else f"{value:.0f}" for value in milliseconds],
        "textposition": "outside",
        "textangle": 0,
        "xaxis": f"x{axes}",
        "yaxis": f"y{axes}",
        "marker": {"color": colour},
        "hovertemplate": f"batch size %{{x}}: %{{y:.3g}} ms<extra>{name}</extra>",
    }


def _time_axes(step: float, whole: float) -> dict[str, Any]:
    """From 0, as lengths of bars are compared, with room above for their numbers."""
    sizes = axis("Batch size") | {"type": "category"}
    return {
        "margin": {"l": 56, "r": 10, "t": 64, "b": 46},
        "xaxis": sizes | {"domain": [0, 0.42]},
        "yaxis": axis("One step, milliseconds", 0, 1.15 * step),
        "xaxis2": sizes | {"domain": [0.6, 1], "anchor": "y2"},
        "yaxis2": axis("One pass, milliseconds", 0, 1.15 * whole) | {"anchor": "x2"},
    }
