"""One number of each layer over a run, as Plotly figures (plain dicts)."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, isfinite, log10
from typing import Any

from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout
from nnlab.figures.moments_axis import marker, moments_axis, short

HEIGHT, _ROW = 300, 21
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star", "pentagon", "x")


def gradient_figure(
    stds: Mapping[str, Sequence[float]], epochs: Sequence[float], index: int
) -> dict[str, Any]:
    """How large the gradients of each layer were: their standard deviation, by powers of ten.

    Args:
        stds: by the layer's name, one a moment; what is 0 or no number is a gap.
        epochs: of the moments.
        index: of the moment that is looked at.
    """
    drawn = {
        name: [value if isfinite(value) and value > 0 else None for value in values]
        for name, values in stds.items()
    }
    found = [value for values in drawn.values() for value in values if value]
    small, large = (floor(log10(min(found))), ceil(log10(max(found)))) if found else (-3, 0)
    values = axis("Standard deviation", small, max(large, small + 1)) | {
        "type": "log", "dtick": max(1, (large - small) // 5), "exponentformat": "power",
        "tickfont": {"size": 12},
    }  # fmt: skip
    return _figure("Gradients of all layers", drawn, "%{y:.3g}", values, epochs, index)


def units_figure(
    counts: Mapping[str, Sequence[int]], sizes: Mapping[str, int], epochs: Sequence[float],
    index: int,
) -> dict[str, Any]:  # fmt: skip
    """How many units of each layer were dead or saturated.

    Args:
        counts: by the layer's name, one a moment.
        sizes: how many units it has, by the same names.
        epochs: of the moments.
        index: of the moment that is looked at.
    """
    most = max((max(values, default=0) for values in counts.values()), default=0)
    values = axis("Number of units", -0.04 * max(most, 1), 1.08 * max(most, 1))
    values |= {"tickformat": "d", "nticks": 6}
    if most < 5:
        values["dtick"] = 1
    made = _figure("Dead and saturated units", counts, "%{y}", values, epochs, index)
    for trace, size in zip(made["data"], sizes.values(), strict=True):
        trace["hovertemplate"] = f"%{{y}} of {size}<extra>{trace['name']}</extra>"
    return made


def _figure(
    title: str,
    lines: Mapping[str, Sequence[float | None]],
    number: str,
    values: dict[str, Any],
    epochs: Sequence[float],
    index: int,
) -> dict[str, Any]:
    below = _ROW * -(-len(lines) // 2)  # on a narrow page two names fit side by side
    made = layout(title, HEIGHT + below)
    made["margin"] |= {"t": 40, "b": 58 + below}
    made["legend"] |= {"y": -58 / (HEIGHT - 98), "yanchor": "top"}
    return {
        "data": [_line(k, name, y, number) for k, (name, y) in enumerate(lines.items())],
        "layout": made
        | {
            "xaxis": moments_axis(epochs),
            "yaxis": values | {"fixedrange": True},
            "shapes": [marker(index)],
            "showlegend": True,
        },
    }


def _line(k: int, name: str, values: Sequence[float | None], number: str) -> dict[str, Any]:
    colour = palette.class_colour(k)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": list(range(len(values))),
        "y": [None if value is None else short(value) for value in values],
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": colour, "width": 2},
        "marker": {"color": colour, "size": 7, "symbol": _SYMBOLS[k % len(_SYMBOLS)]},
        "hovertemplate": f"{number}<extra>{name}</extra>",
    }
