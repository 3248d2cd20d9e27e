"""What the data look like, as Plotly figures (plain dicts)."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette

# Up to this many pixels a side, each number is written into its square.
READABLE_SIDE = 8

# Ink on paper the other way round, as the images are stored: 0 is black.
_GREYS = [[0, "#000000"], [1, "#ffffff"]]
# A one stands out from the zeros on a light page as on a dark one.
_ZERO_ONE = [[0, "#4a4f57"], [1, palette.ORANGE]]
_GRID = "rgba(138, 143, 152, 0.25)"
# The width of a page is scarcer than its height, so the scale lies under its picture.
_BELOW = {"orientation": "h", "yref": "container", "y": 0.01, "yanchor": "bottom"}
# Names longer than this do not fit side by side: they are slanted, and take this much height.
_SHORT_NAME = 2
_SLANTED_HEIGHT = 60
# Longer ones run out of the chart all the same: they are shortened, on so many ticks at most.
_LONG_NAME, _MOST_TICKS = 18, 25
_COLOURS = {
    "training": palette.TRAINING,
    "validation": palette.VALIDATION,
    "test": palette.TEST,
}


def class_counts(
    splits_counts: Mapping[str, NDArray[np.integer[Any]]],
    class_names: Sequence[str],
    things: str = "images",
) -> dict[str, Any]:
    """Bars of how many images each class has in each part; parts without images are left out.

    Args:
        splits_counts: part ("training", "validation", "test") to counts (classes,).
        class_names: in the order of the class numbers.
        things: what is counted.
    """
    bars = [
        _bars(part, counts, class_names, things)
        for part, counts in splits_counts.items()
        if counts.sum()
    ]
    layout = _layout(f"{things.capitalize()} of each class", "class-counts", 340)
    _name_classes(layout, class_names)
    layout["yaxis"] = {
        "title": {"text": things.capitalize(), "standoff": 8},
        "automargin": True,
        "rangemode": "tozero",
        "gridcolor": _GRID,
    }
    layout |= {"barmode": "group", "showlegend": True, "margin": layout["margin"] | {"t": 64}}
    layout["legend"] = {"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom"}
    return {"data": bars, "layout": layout}


def pixel_values(image: NDArray[np.uint8], title: str, scale: float = 255.0) -> dict[str, Any]:
    """An image (height, width) as its numbers from 0 to `scale`: on hover, or written if few."""
    return _squares(image, title, scale, "d", "d")


def normalised(image: NDArray[np.uint8], scale: float = 255.0) -> dict[str, Any]:
    """The image (height, width) divided by its largest possible value: numbers from 0 to 1."""
    title = f"Normalised: every value divided by {scale:g}"
    return _squares(image / scale, title, 1.0, ".4f", ".2f")


def flattened(image: NDArray[np.uint8], scale: float = 255.0) -> dict[str, Any]:
    """The image (height, width) as the single row of numbers that a Dense layer sees."""
    height, width = image.shape
    rows, columns = np.divmod(np.arange(image.size), width)
    where = np.stack([rows, columns], axis=-1)[np.newaxis]
    hover = (
        "number %{x} of the row: %{z}<br>row %{customdata[0]}, column %{customdata[1]}"
        " of the image<extra></extra>"
    )
    trace = _heatmap(image.reshape(1, -1), scale, hover) | {"customdata": where.tolist()}
    title = f"Flattened: {height} × {width} pixels in one row of {image.size}"
    layout = _layout(title, "flattened", 140)
    layout["xaxis"] = {"title": {"text": "Position in the row"}, "showgrid": False}
    layout["yaxis"] = _bare_axis("Image")
    return {"data": [trace], "layout": layout}


def _bare_axis(title: str) -> dict[str, Any]:
    """An axis with a name and nothing else: there is a single row along it."""
    return {
        "title": {"text": title},
        "showticklabels": False,
        "zeroline": False,
        "ticks": "",
        "showgrid": False,
    }


def one_hot(label: int, class_names: Sequence[str]) -> dict[str, Any]:
    """Class number `label` as a row of zeros with a single one."""
    values = np.eye(len(class_names), dtype=int)[[label]]
    trace = _heatmap(values, 1.0, "%{x}: %{z}<extra></extra>") | _written("d")
    trace |= {"x": list(class_names), "colorscale": _ZERO_ONE, "xgap": 2}
    layout = _layout(f"One-hot: label {label}, “{class_names[label]}”", "one-hot", 170)
    _name_classes(layout, class_names)
    layout["yaxis"] = _bare_axis("Label")
    return {"data": [trace], "layout": layout}


def _bars(
    part: str, counts: NDArray[np.integer[Any]], class_names: Sequence[str], things: str
) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": part.capitalize(),
        "x": list(class_names),
        "y": counts.tolist(),
        "customdata": (counts / counts.sum()).tolist(),
        "marker": {"color": _COLOURS.get(part, palette.NEUTRAL)},
        "hovertemplate": f"%{{x}}: %{{y:,}} {things}, %{{customdata:.1%}} of the part",
    }


def _squares(
    image: NDArray[Any], title: str, scale: float, number: str, short: str
) -> dict[str, Any]:
    """A heat map of the numbers: in full under the pointer, `short` in squares that are large."""
    hover = f"row %{{y}}, column %{{x}}: %{{z:{number}}}<extra></extra>"
    trace = _heatmap(image, scale, hover)
    trace["colorbar"] = {"title": {"text": "Value", "side": "bottom"}, "thickness": 12} | _BELOW
    trace["showscale"] = True
    if max(image.shape) <= READABLE_SIDE:
        trace |= _written(short)
    layout = _layout(title, "pixels", 460)
    layout["margin"] = layout["margin"] | {"b": 124}
    layout["xaxis"] = {
        "title": {"text": "Column", "standoff": 8},
        "constrain": "domain",
        "showgrid": False,
    }
    layout["yaxis"] = {
        "title": {"text": "Row"},
        "autorange": "reversed",
        "scaleanchor": "x",
        "constrain": "domain",
        "showgrid": False,
    }
    return {"data": [trace], "layout": layout}


def _heatmap(values: NDArray[Any], scale: float, hover: str) -> dict[str, Any]:
    return {
        "type": "heatmap",
        "z": values.tolist(),
        "zmin": 0,
        "zmax": scale,
        "colorscale": _GREYS,
        "showscale": False,
        "hovertemplate": hover,
    }


def _written(number: str) -> dict[str, Any]:
    """Every number in its square; Plotly itself picks black or white for each."""
    return {"texttemplate": f"%{{z:{number}}}", "textfont": {"size": 13}}


def _name_classes(layout: dict[str, Any], class_names: Sequence[str]) -> None:
    """Give `layout` a horizontal axis of classes, and room for their names."""
    layout["xaxis"] = {
        "title": {"text": "Class", "standoff": 10},
        "type": "category",
        "automargin": True,
        "showgrid": False,
    }
    if max(map(len, class_names)) > _SHORT_NAME:
        layout["xaxis"]["tickangle"] = -45
        layout["height"] += _SLANTED_HEIGHT
    if max(map(len, class_names)) > _LONG_NAME:
        layout["xaxis"] |= _shortened(class_names)


def _shortened(class_names: Sequence[str]) -> dict[str, Any]:
    """Ticks for names that would run out of the chart; Plotly thins out only its own ticks."""
    ticked = class_names[:: -(-len(class_names) // _MOST_TICKS)]
    short = [n if len(n) <= _LONG_NAME else f"{n[: _LONG_NAME - 1].rstrip()}…" for n in ticked]
    return {"tickmode": "array", "tickvals": list(ticked), "ticktext": short}


def _layout(title: str, revision: str, height: int) -> dict[str, Any]:
    return {
        "title": {"text": title, "font": {"size": 16}, "x": 0.01, "y": 0.97, "yanchor": "top"},
        "height": height,
        "margin": {"l": 60, "r": 16, "t": 48, "b": 48},
        "font": {"size": 13},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "uirevision": revision,
    }
