"""How a classifier does, as Plotly figures (plain dicts)."""

from collections.abc import Sequence
from math import isfinite, log10
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.evaluation import normalise_rows
from nnlab.figures import palette
from nnlab.figures.confusion_cells import (
    HIGHEST,
    LOWEST,
    WRITTEN_CLASSES,
    Cells,
    cells_of,
    too_long,
)

_MATRIX_HEIGHT, _MATRIX_TOP = 616, 94
_BARS_TOP, _BARS_BOTTOM, _BAR = 44, 48, 26
_GRID = "rgba(138, 143, 152, 0.25)"


def confusion(
    counts: NDArray[np.integer[Any]],
    class_names: Sequence[str],
    normalised: bool,
    things: str = "images",
) -> dict[str, Any]:
    """A confusion matrix for files; on pages `nnlab.ui.matrix` draws the same cells faster.

    Right answers are blue, mistakes red on a logarithmic scale of their share of the true class.

    Args:
        counts: images by true class (row) and predicted class (column), int (classes, classes).
        class_names: in the order of the class numbers.
        normalised: write shares of the true class instead of numbers of images.
        things: what they are, where not images.

    Raises:
        ValueError: `counts` is not (classes, classes).
    """
    written = cells_of(counts, class_names, normalised, things)
    shares = normalise_rows(counts)
    traces = [
        trace | _written(trace, written) for trace in (_right_cells(shares), _wrong_cells(shares))
    ]
    return {"data": traces, "layout": _matrix_layout(class_names, normalised, things)}


def probability_bars(
    probabilities: NDArray[np.floating[Any]],
    class_names: Sequence[str],
    highlight: int | None,
    true: int | None = None,
) -> dict[str, Any]:
    """One prediction as a bar for each class, first class on top, from 0 to 1.

    Args:
        probabilities: float (classes,); one that is not a number gets no bar.
        class_names: in the order of the class numbers.
        highlight: the predicted class, blue, or red where `true` is another.
        true: the right class, blue, where it is known.
    """
    values = [float(p) if isfinite(p) else None for p in probabilities]
    texts = [_percent(p) for p in values]
    colours = [bar_colour(label, highlight, true) for label in range(len(class_names))]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(range(len(class_names))),
        "text": texts,
        "customdata": list(class_names),
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "marker": {"color": colours},
        "hovertemplate": "%{customdata}: %{text}<extra></extra>",
    }
    return {"data": [trace], "layout": _bars_layout(class_names)}


def bar_colour(label: int, predicted: int | None, true: int | None) -> str:
    """Colour of a class's bar: the right one blue, a wrong answer red, the others neutral.

    As long as the right class is unknown (`true` is None), the answer is blue.
    """
    if label == true or (true is None and label == predicted):
        return palette.RIGHT
    return palette.WRONG if label == predicted else palette.NEUTRAL


def _percent(share: float | None) -> str:
    return "not a number" if share is None else f"{share:.1%}"


def _right_cells(shares: NDArray[np.float64]) -> dict[str, Any]:
    """The diagonal, from grey (none right) to blue (all right)."""
    right = np.where(np.eye(len(shares), dtype=bool) & (shares > 0), shares, np.nan)
    return _cells(right, palette.CELL_RIGHT) | {"zmin": 0, "zmax": 1}


def _wrong_cells(shares: NDArray[np.float64]) -> dict[str, Any]:
    """Everything off the diagonal; a cell without images stays empty."""
    wrong = np.where(np.eye(len(shares), dtype=bool) | (shares == 0), np.nan, shares)
    bounds = {"zmin": log10(LOWEST), "zmax": log10(HIGHEST)}
    return _cells(np.log10(wrong), palette.CELL_WRONG) | bounds


def _cells(values: NDArray[np.float64], colour: str) -> dict[str, Any]:
    shown = [[value if isfinite(value) else None for value in row] for row in values.tolist()]
    return {
        "type": "heatmap",
        "z": shown,
        "colorscale": [[0, palette.CELL_NEUTRAL], [1, colour]],
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
    }


def _written(trace: dict[str, Any], cells: Cells) -> dict[str, Any]:
    """The texts on the cells that a heat map shows, and what the pointer on them says."""
    written = {"customdata": cells.words, "hovertemplate": "%{customdata}<extra></extra>"}
    if len(cells.texts) > WRITTEN_CLASSES:
        return written
    shown = [
        ["" if value is None else text for value, text in zip(*row, strict=True)]
        for row in zip(trace["z"], cells.texts, strict=True)
    ]
    look = {"texttemplate": "%{text}", "textfont": {"size": 13, "color": palette.ON_CELL}}
    return written | look | {"text": shown}


def _matrix_layout(class_names: Sequence[str], normalised: bool, things: str) -> dict[str, Any]:
    what = "share of the true class" if normalised else f"number of {things}"
    names: dict[str, Any] = {
        "tickvals": list(range(len(class_names))),
        "ticktext": list(class_names),
        "range": [-0.5, len(class_names) - 0.5],
        "constrain": "domain",
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        # Plotly draws twice where it has to find the margin for the names itself.
        "automargin": too_long(class_names),
        "ticks": "",
        "ticklabelstandoff": 5,
        "ticklabeloverflow": "allow",
    }
    across = names | {"title": _words("Predicted class"), "constraintoward": "left"}
    if too_long(class_names):
        across["tickangle"] = -45  # left to itself, Plotly drops names that meet
    down = names | {"title": _words("True class"), "scaleanchor": "x", "constraintoward": "top"}
    down["range"] = down["range"][::-1]
    layout = _layout(f"Confusion matrix: {what}", "confusion", _MATRIX_HEIGHT, _MATRIX_TOP)
    hint = "Blue: right. Grey to red: mistakes,<br>by their share of the class (log scale)."
    layout["title"]["subtitle"] = {"text": hint, "font": {"size": 13}}
    return layout | {"xaxis": across, "yaxis": down, "hovermode": "closest", "dragmode": False}


def _bars_layout(class_names: Sequence[str]) -> dict[str, Any]:
    height = _BARS_TOP + _BARS_BOTTOM + _BAR * len(class_names)
    layout = _layout("Probability of each class", "probabilities", height, _BARS_TOP)
    layout["margin"]["r"] = 60
    layout["bargap"] = 0.25
    layout["xaxis"] = {
        "title": _words("Probability"),
        "range": [0, 1],
        "tickformat": ".0%",
        "fixedrange": True,
        "gridcolor": _GRID,
        "zeroline": False,
    }
    layout["yaxis"] = {
        "title": _words("Class"),
        "tickvals": list(range(len(class_names))),
        "ticktext": [f"{name} " for name in class_names],
        "range": [len(class_names) - 0.5, -0.5],
        "fixedrange": True,
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
    }
    return layout


def _words(text: str) -> dict[str, Any]:
    return {"text": text, "font": {"size": 13}, "standoff": 8}


def _layout(title: str, revision: str, height: int, top: int) -> dict[str, Any]:
    return {
        "title": {"text": title, "font": {"size": 16}, "x": 0.01, "y": 1 - 14 / height,
                  "yanchor": "top"},
        "height": height,
        "margin": {"l": 60, "r": 16, "t": top, "b": _BARS_BOTTOM},
        "font": {"size": 13},
        "showlegend": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "uirevision": revision,
    }  # fmt: skip
