"""Exponentials of the logits and the probabilities made of them, as one Plotly figure."""

from collections.abc import Mapping, Sequence
from math import isfinite, log, log10
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout

HEIGHT = 280
# What float32 can hold, as powers of ten: above is infinity, below TensorFlow makes it 0.
FLOAT32 = (float(log10(np.finfo(np.float32).tiny)), float(log10(np.finfo(np.float32).max)))
# The bands beyond these have room for their names past the largest logit and shift, 10 ± 48.
_LOW, _HIGH = -62.0, 62.0
_NAIVE, _STABLE = palette.ORANGE, palette.BLUE
_GAP = (0.46, 0.6)  # between the two charts, as shares of the width
_RIGHT = {"xaxis": "x2", "yaxis": "y2"}


def softmax_figure(answer: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Left the exponentials that each formula computes, right the probabilities.

    Args:
        answer: of `nnlab.lessons.logits.both`.
        names: of the classes.
    """
    z = np.asarray(answer["logits"], float)
    traces = [
        _points("naive formula", z, answer["exponentials"], names, _NAIVE, "diamond", 10),
        _points("stable formula", z - z.max(), answer["stable_exponentials"], names, _STABLE,
                "circle", 6),
        _lost(z, answer["exponentials"], names),
        _bars("stable formula", answer["stable"], names, _STABLE),
        _bars("naive formula", answer["naive"], names, _NAIVE),
    ]  # fmt: skip
    base = layout("Exponentials, and their shares: the probabilities", HEIGHT)
    notes = {
        "annotations": [*_band_names(), *_broken(answer["naive"])],
        "shapes": [_band(FLOAT32[1], _HIGH), _band(_LOW, FLOAT32[0])],
    }
    return {"data": traces, "layout": base | _axes() | notes}


def _points(
    name: str,
    z: NDArray[np.floating],
    exponentials: Sequence[float],
    names: Sequence[str],
    colour: str,
    symbol: str,
    size: float,
) -> dict[str, Any]:
    """The exact exponentials as powers of ten, where float32 holds them."""
    powers = np.round(z / log(10), 3).tolist()
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "showlegend": False,
        "x": list(names),
        "y": [power if _held(e) else None for power, e in zip(powers, exponentials, strict=True)],
        "marker": {"color": colour, "symbol": symbol, "size": size},
        "hovertemplate": "class %{x}: 10^%{y:.1f}<extra>" + name + "</extra>",
    }


def _lost(
    z: NDArray[np.floating], exponentials: Sequence[float], names: Sequence[str]
) -> dict[str, Any]:
    """∞ or 0, where float32 made that of an exponential."""
    powers = np.round(z / log(10), 3).tolist()
    return {
        "type": "scatter",
        "mode": "text",
        "showlegend": False,
        "x": list(names),
        "y": [None if _held(e) else power for power, e in zip(powers, exponentials, strict=True)],
        "text": ["0" if e == 0 else "∞" for e in exponentials],
        "textposition": "middle center",
        "textfont": {"size": 17, "color": palette.WRONG},
        "hoverinfo": "skip",
    }


def _held(exponential: float) -> bool:
    return isfinite(exponential) and exponential > 0


def _bars(name: str, values: Sequence[float], names: Sequence[str], colour: str) -> dict[str, Any]:
    """Probabilities; a bar is missing where one is NaN."""
    return {
        "type": "bar",
        "name": name,
        "x": list(names),
        "y": [float(value) if isfinite(value) else None for value in values],
        "marker": {"color": colour},
        "hovertemplate": "class %{x}: %{y:.2%}<extra>" + name + "</extra>",
    } | _RIGHT


def _band(low: float, high: float) -> dict[str, Any]:
    """Where float32 has no numbers."""
    return {
        "type": "rect",
        "xref": "x domain",
        "yref": "y",
        "x0": 0,
        "x1": 1,
        "y0": low,
        "y1": high,
        "fillcolor": palette.WRONG,
        "opacity": 0.16,
        "line": {"width": 0},
        "layer": "below",
    }


def _band_names() -> list[dict[str, Any]]:
    middle = {"x": 0.5 * _GAP[0], "xref": "paper", "yref": "y"}
    return [
        _note("∞ in float32", 12, y=_HIGH, yanchor="top", **middle),
        _note("0 in float32", 12, y=_LOW, yanchor="bottom", **middle),
    ]


def _broken(naive: Sequence[float]) -> list[dict[str, Any]]:
    """A sign over the probabilities when the naive formula has none to give."""
    lost = sum(not isfinite(value) for value in naive)
    if not lost:
        return []
    words = f"naive formula:<br><b>{lost} of {len(naive)} are NaN</b>"
    note = _note(words, x=(_GAP[1] + 1) / 2, xref="paper", y=0.72, yref="y2", yanchor="middle",
                 size=15)  # fmt: skip
    frame = {"bordercolor": palette.WRONG, "borderwidth": 2, "borderpad": 6}
    return [note | frame]


def _note(words: str, size: int, **place: Any) -> dict[str, Any]:
    return {
        "text": words,
        "showarrow": False,
        "font": {"size": size, "color": palette.WRONG},
        "xanchor": "center",
        **place,
    }


def _axes() -> dict[str, Any]:
    classes = axis("Class") | {"type": "category", "range": [-0.5, 9.5]}
    powers = axis("Exponential", _LOW, _HIGH) | {
        "tickvals": [-40, -20, 0, 20, 40],
        "ticktext": ["10⁻⁴⁰", "10⁻²⁰", "1", "10²⁰", "10⁴⁰"],
    }
    shares = axis("Probability", 0, 1) | {"tickformat": ".0%", "anchor": "x2"}
    shares["title"] = {"text": "Probability", "font": {"size": 13}, "standoff": 2}
    return {
        "margin": {"l": 62, "r": 8, "t": 64, "b": 46},
        "xaxis": classes | {"domain": [0, _GAP[0]]},
        "yaxis": powers,
        "xaxis2": classes | {"domain": [_GAP[1], 1], "anchor": "y2"},
        "yaxis2": shares,
        "barmode": "group",
    }
