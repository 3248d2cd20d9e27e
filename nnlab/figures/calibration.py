"""A confusion matrix beside a reliability diagram, as one Plotly figure (plain dict)."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout
from nnlab.figures.reliability import ideal_line

HEIGHT = 330
_MATRIX, _DIAGRAM = [0.0, 0.45], [0.61, 1.0]
# A class's mistakes are few: this share of them is coloured as strongly as all of it right.
_STRONG_MISTAKE = 0.15
_COLOURS = [[0.0, palette.CELL_WRONG], [0.5, palette.CELL_NEUTRAL], [1.0, palette.CELL_RIGHT]]


def confusion_and_reliability(answer: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Both views of the same answers.

    Args:
        answer: `matrix` (classes, classes) of answers that were sure enough; `confidence` and
            `accuracy` (10,) by bins of confidence, with `counts` (10,) of images in them.
        names: of the classes.
    """
    return {
        "data": [_matrix(answer["matrix"], names), ideal_line("x2", "y2"), _reliability(answer)],
        "layout": layout("Who is taken for whom, and how much the claims are worth", HEIGHT)
        | {
            "margin": {"l": 48, "r": 28, "t": 40, "b": 48},
            "xaxis": axis("Answer", -0.5, 9.5) | _classes(names) | {"domain": _MATRIX},
            "yaxis": axis("True digit", 9.5, -0.5) | _classes(names),
            "xaxis2": axis("Confidence: its claim", 0, 1) | _percent(_DIAGRAM, "y2"),
            "yaxis2": axis("Right answers", 0, 1) | _percent([0, 1], "x2"),
            "showlegend": False,
        },
    }


def _matrix(counts: NDArray[Any], names: Sequence[str]) -> dict[str, Any]:
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    right = np.eye(len(counts), dtype=bool)
    colours = np.where(right, shares, -np.minimum(shares / _STRONG_MISTAKE, 1))
    return {
        "type": "heatmap",
        "x": list(range(len(names))),
        "y": list(range(len(names))),
        "z": [  # an empty cell is not drawn
            [colour if count else None for colour, count in zip(*row, strict=True)]
            for row in zip(colours.tolist(), counts.tolist(), strict=True)
        ],
        "zmin": -1,
        "zmax": 1,
        "colorscale": _COLOURS,
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "text": [[str(count) if count else "" for count in row] for row in counts.tolist()],
        "texttemplate": "%{text}",
        "textfont": {"size": 12, "color": palette.ON_CELL},
        "hovertemplate": "a %{y} taken for %{x}: %{text}<extra></extra>",
    }


def _reliability(answer: Mapping[str, Any]) -> dict[str, Any]:
    """A disc for each bin, its area by its images; bins without images have none."""
    held = np.asarray(answer["counts"]) > 0
    counts = np.asarray(answer["counts"])[held]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "this network",
        "x": np.asarray(answer["confidence"])[held].round(4).tolist(),
        "y": np.asarray(answer["accuracy"])[held].round(4).tolist(),
        "customdata": counts.tolist(),
        "xaxis": "x2",
        "yaxis": "y2",
        "cliponaxis": False,
        "line": {"color": palette.ORANGE, "width": 2},
        "marker": {
            "color": palette.ORANGE,
            "size": np.clip(np.sqrt(counts), 5, 26).round(1).tolist(),
            "opacity": 0.85,
        },
        "hovertemplate": "%{customdata} images: %{x:.0%} sure, %{y:.0%} right<extra></extra>",
    }


def _classes(names: Sequence[str]) -> dict[str, Any]:
    return {
        "tickvals": list(range(len(names))),
        "ticktext": list(names),
        "showgrid": False,
        "tickfont": {"size": 12},
    }


def _percent(domain: list[float], anchor: str) -> dict[str, Any]:
    return {
        "domain": domain,
        "anchor": anchor,
        "tickformat": ".0%",
        "tickvals": [0, 0.25, 0.5, 0.75, 1],
        "ticklabeloverflow": "allow",
        "tickfont": {"size": 12},
    }
