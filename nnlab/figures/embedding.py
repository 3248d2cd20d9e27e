"""Many images as points in a plane, coloured by class, as a Plotly figure (plain dict)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.lesson import axis, layout

HEIGHT = 560
_DOT, _RING = 6, 12
# Lightness from which black is read better on a colour than white.
_LIGHT = 150


def embedding_figure(
    points: NDArray[np.floating[Any]],
    labels: NDArray[np.integer[Any]],
    answers: NDArray[np.integer[Any]],
    indices: NDArray[np.integer[Any]],
    class_names: Sequence[str],
    title: str,
    reach: float,
    mark_wrong: bool,
) -> dict[str, Any]:
    """A point an image, that can be clicked: its `customdata` is the number of the image.

    Each class has its name at the middle of its points, since colours alone do not tell ten
    classes apart for everybody.

    Args:
        points: (n, 2).
        labels, answers: true and predicted class of each, (n,).
        indices: number of each test image, (n,).
        class_names: in the order of the class numbers.
        title: of the chart.
        reach: how far the axes go from 0, the same for all moments.
        mark_wrong: put a ring around wrong answers.
    """
    classes = [int(label) for label in np.unique(labels)]
    wrong = labels != answers
    traces = [
        _dots(points, labels == label, answers, indices, class_names, label, mark_wrong)
        for label in classes
    ]
    traces.append(_rings(points, wrong & mark_wrong, labels, answers, indices, class_names))
    names = [_name(points[labels == label], class_names[label], label) for label in classes]
    return {"data": traces, "layout": _layout(title, reach, names)}


def _dots(
    points: NDArray,
    chosen: NDArray[np.bool_],
    answers: NDArray,
    indices: NDArray,
    class_names: Sequence[str],
    label: int,
    pale: bool,
) -> dict[str, Any]:
    name = class_names[label]
    return {
        **_marks(points[chosen], indices[chosen]),
        "name": name,
        "text": [class_names[answer] for answer in answers[chosen].tolist()],
        "marker": {
            "color": palette.class_colour(label), "size": _DOT, "opacity": 0.45 if pale else 0.8,
        },
        "hovertemplate": f"test image %{{customdata}}: {name}, answer %{{text}}<extra></extra>",
    }  # fmt: skip


def _rings(
    points: NDArray,
    chosen: NDArray[np.bool_],
    labels: NDArray,
    answers: NDArray,
    indices: NDArray,
    class_names: Sequence[str],
) -> dict[str, Any]:
    """Around wrong answers."""
    pairs = zip(labels[chosen].tolist(), answers[chosen].tolist(), strict=True)
    return {
        **_marks(points[chosen], indices[chosen]),
        "name": "wrong",
        "showlegend": bool(chosen.any()),
        "text": [f"{class_names[true]}, taken for {class_names[said]}" for true, said in pairs],
        "marker": {
            "symbol": "circle-open", "color": palette.WRONG, "size": _RING, "line": {"width": 2},
        },
        "hovertemplate": "test image %{customdata}: %{text}<extra></extra>",
    }  # fmt: skip


def _marks(points: NDArray, indices: NDArray) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.round(points[:, 0].astype(float), 3).tolist(),
        "y": np.round(points[:, 1].astype(float), 3).tolist(),
        "customdata": indices.tolist(),
    }


def _name(points: NDArray, name: str, label: int) -> dict[str, Any]:
    x, y = np.median(points, axis=0).tolist()
    colour = palette.class_colour(label)
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    light = 0.299 * red + 0.587 * green + 0.114 * blue > _LIGHT
    return {
        "x": round(x, 3),
        "y": round(y, 3),
        "text": f"<b>{name}</b>",
        "showarrow": False,
        "bgcolor": colour,
        "borderpad": 2,
        "opacity": 0.9,
        "font": {"size": 13, "color": "#000000" if light else "#FFFFFF"},
    }


def _layout(title: str, reach: float, names: list[dict[str, Any]]) -> dict[str, Any]:
    made = layout(title, HEIGHT)
    made["margin"] = {"l": 8, "r": 8, "t": 40, "b": 60}
    made["legend"] |= {"y": -0.01, "yanchor": "top", "itemsizing": "constant"}
    # Directions and distances have no names or units of their own here.
    bare = axis("", -reach, reach) | {"showticklabels": False, "ticks": "", "constrain": "domain"}
    return made | {
        "xaxis": bare,
        "yaxis": bare | {"scaleanchor": "x"},
        "annotations": names,
        "showlegend": True,
        "uirevision": "embedding",  # the same piece is looked at through all moments
    }
