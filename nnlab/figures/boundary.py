"""What a network answers all over the plane, in the classes' colours, and the points on it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.datasets.own import PLAIN_AXES, Axis
from nnlab.figures import palette
from nnlab.figures.images import data_uri
from nnlab.figures.points import points_figure

# Of the colour where the network is sure; where it is not, the page shows through.
_STRONGEST = 0.65
# So that a point stands out from a field of its own colour.
_RIM = {"color": "#ffffff", "width": 0.8}


def boundary_figure(
    field: NDArray[np.floating],
    reach: float,
    points: NDArray[np.float64],
    labels: NDArray[np.int64],
    parts: Mapping[str, NDArray[np.int64]],
    class_names: Sequence[str],
    title: str,
    axes: tuple[Axis, Axis] = PLAIN_AXES,
) -> dict[str, Any]:
    """The points over the probability field.

    Args:
        field: probabilities (side, side, classes), rows upwards.
        reach: the grid goes from -reach to reach.
        points, labels, parts, class_names, title, axes: as for `points_figure`.
    """
    figure = points_figure(points, labels, parts, class_names, title, axes)
    for trace in figure["data"]:
        trace["marker"] = trace["marker"] | {"line": _RIM}
    figure["layout"]["images"] = [field_image(field_pixels(field), reach)]
    return figure


def field_image(pixels: NDArray[np.uint8], reach: float) -> dict[str, Any]:
    """A grid from -reach to reach as a picture below everything; rows upwards."""
    half = reach / (len(pixels) - 1)  # a pixel reaches half a step beyond its point
    edge = reach + half
    return {
        "source": data_uri(pixels[::-1]),
        "xref": "x",
        "yref": "y",
        "x": -edge,
        "y": edge,
        "sizex": 2 * edge,
        "sizey": 2 * edge,
        "sizing": "stretch",
        "layer": "below",
    }


def field_pixels(field: NDArray[np.floating]) -> NDArray[np.uint8]:
    """RGBA (side, side, 4): classes' colours mixed by probability, clear where nothing is sure."""
    classes = field.shape[-1]
    colours = np.array([_rgb(palette.class_colour(label)) for label in range(classes)], float)
    sure = (field.max(axis=-1, keepdims=True) - 1 / classes) / (1 - 1 / classes)
    alpha = 255 * _STRONGEST * np.clip(sure, 0, 1)
    return np.rint(np.concatenate([field @ colours, alpha], axis=-1)).astype(np.uint8)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
