"""Logistic regression as it learns: its weights as images, its accuracy by step."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.diverging import coloured
from nnlab.figures.images import data_uri
from nnlab.figures.lesson import axis, layout, upright
from nnlab.figures.svg import element, text

# The strongest colours; single weights go up to 0.5 in a thousand steps, nearly all stay below.
LIMIT = 0.25

_COLUMNS, _IMAGE, _CELL, _ROW = 5, 76, 100, 84


def weight_images(weights: NDArray[np.floating[Any]], names: Sequence[str], step: int) -> str:
    """The weights of each class as an image: blue speaks for the class, red-orange against it.

    What all classes have in common is taken off first: softmax does not see it.

    Args:
        weights: float (pixels, classes), the pixels of a square image row by row.
        names: of the classes.
        step: of the training, for those who do not see the picture.
    """
    side = round(len(weights) ** 0.5)
    own = weights - weights.mean(axis=1, keepdims=True)
    images = own.T.reshape(len(names), side, side)
    cells = [_cell(n, name, images[n]) for n, name in enumerate(names)]
    rows = -(-len(names) // _COLUMNS)
    return element(
        "svg",
        element("title", escape(f"The weights of each class as an image, after step {step:,}")),
        *cells,
        viewBox=f"0 0 {_COLUMNS * _CELL} {rows * _ROW}",
        role="img",
        style="width:100%;display:block",
    )


def _cell(number: int, name: str, image: NDArray[np.floating[Any]]) -> str:
    x, y = (number % _COLUMNS) * _CELL, (number // _COLUMNS) * _ROW
    left = x + _CELL - _IMAGE
    return text(left - 8, y + 24, name, font_size=18, text_anchor="end") + element(
        "image",
        href=data_uri(coloured(image, LIMIT)),
        x=left,
        y=y,
        width=_IMAGE,
        height=_IMAGE,
        style="image-rendering:pixelated",
    )


def accuracy_by_step(
    steps: Sequence[int],
    training: Sequence[float],
    test: Sequence[float],
    at: int,
    last_step: int,
) -> dict[str, Any]:
    """Accuracy on the training and on the test images, a mark where the visitor looks.

    Args:
        steps: those that were kept, from 0.
        training: accuracy after each of them, 0 to 1.
        test: the same for the test images.
        at: position in `steps` of the moment that is looked at.
        last_step: where the horizontal axis ends.
    """
    traces = [
        _line("training images", steps, training, at, palette.TRAINING, "solid"),
        _mark(steps[at], training[at], palette.TRAINING),
        _line("test images", steps, test, at, palette.TEST, "dash"),
        _mark(steps[at], test[at], palette.TEST),
    ]
    made = layout("Share read right", 190) | {
        "xaxis": axis("Step", 0, last_step)
        | {"dtick": last_step / 5, "ticklabeloverflow": "allow"},
        "yaxis": axis("Accuracy", 0, 1) | {"tickformat": ".0%"},
        "shapes": [upright(steps[at], palette.GREY, width=1) | {"layer": "below"}],
    }
    made["margin"] = {"l": 60, "r": 24, "t": 34, "b": 40}
    made["legend"] |= {"x": 1, "xanchor": "right"}
    return {"data": traces, "layout": made}


def _line(
    name: str, steps: Sequence[int], values: Sequence[float], at: int, colour: str, dash: str
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": f"{name} {values[at]:.1%}",
        "x": list(steps),
        "y": [float(value) for value in values],
        "line": {"color": colour, "width": 2.5, "dash": dash},
        "cliponaxis": False,
        "hovertemplate": f"step %{{x:,}}: %{{y:.1%}}<extra>{name}</extra>",
    }


def _mark(step: int, value: float, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [step],
        "y": [float(value)],
        "marker": {"color": colour, "size": 10},
        "cliponaxis": False,
        "showlegend": False,
        "hoverinfo": "skip",
    }
