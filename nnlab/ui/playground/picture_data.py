"""What the picture of the Playground is made of, apart from the network's weights."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import arrays_of, info_of
from nnlab.datasets.plane import plane_features
from nnlab.experiment import (
    FEATURES,
    Dataset,
    Dense,
    Dropout,
    Experiment,
    InvalidExperiment,
    Points,
    bounds,
)
from nnlab.experiment.points import is_formula
from nnlab.figures import diverging, palette
from nnlab.figures.points import reach_of
from nnlab.ui.data.parts import parts_of
from nnlab.ui.formula_field import feature_name
from nnlab.ui.playground.structure import MOST_LAYERS

TILE = 24
PARTS = ("training", "validation", "test")
# Coordinates are sent as whole numbers of this many to the reach.
_FINE = 32_000


@dataclass(frozen=True)
class Scatter:
    """The points as the script draws them; `reach` is how far the axes go."""

    reach: float
    data: dict[str, Any]


# Some kilobytes each.
@st.cache_data(show_spinner=False, max_entries=64, hash_funcs={Dataset: Dataset.model_dump_json})
def scatter_of(dataset: Dataset) -> Scatter:
    """Every point with its class, or its target as a frame's field has it, and its part (position
    in `PARTS`).

    Where the set cannot be divided, all of them are in the first part.
    """
    arrays = arrays_of(dataset)
    reach = reach_of(arrays.x_train)
    part = np.zeros(len(arrays.y_train), np.uint8)
    try:
        for name, positions in parts_of(arrays, dataset).items():
            part[positions] = PARTS.index(name)
    except InvalidExperiment:
        pass  # told by `check`
    x, y = np.clip(np.rint(arrays.x_train.T / reach * _FINE), -32767, 32767).astype("<i2")
    return Scatter(
        reach,
        {
            "fine": _FINE,
            "x": encoded(x),
            "y": encoded(y),
            "label": encoded(_labels(arrays.y_train, info_of(dataset).regression)),
            "part": encoded(part),
        },
    )


def _labels(y: NDArray[Any], numbers: bool) -> NDArray[np.uint8]:
    return (np.rint(128 + 127 * y.clip(-1, 1)) if numbers else y).astype(np.uint8)


def encoded(values: NDArray[Any]) -> str:
    """Base64 of the array's bytes."""
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()


def input_tiles(reach: float, features: Sequence[str]) -> list[dict[str, Any]]:
    """Each input's own picture of the plane: all that have a name, and formulas among `features`.

    Args:
        reach: the picture goes from -reach to reach.
        features: what the network is told of.
    """
    names = (*FEATURES, *filter(is_formula, features))
    places = np.linspace(-reach, reach, TILE)
    y, x = np.meshgrid(places, places, indexing="ij")
    values = plane_features(np.stack([x.ravel(), y.ravel()], axis=1), names)
    return [_tile(name, column) for name, column in zip(names, values.T, strict=True)]


def _tile(name: str, values: NDArray[np.float32]) -> dict[str, Any]:
    """What is not finite counts as 0."""
    values = np.nan_to_num(values, posinf=0.0, neginf=0.0)
    low, high = float(values.min()), float(values.max())
    tile = np.rint(255 * (values - low) / (high - low or 1.0)).astype(np.uint8)
    label = feature_name(name)
    return {"name": name, "label": label, "low": low, "high": high, "tile": encoded(tile)}


def structure_of(experiment: Experiment) -> dict[str, Any]:
    """The network's columns, known before any of its weights."""
    hidden: list[dict[str, Any]] = []
    for index, layer in enumerate(experiment.layers):
        if isinstance(layer, Dense):
            hidden.append(
                {"index": index, "units": layer.units, "words": layer.activation, "after": []}
            )
        elif hidden:
            hidden[-1]["after"].append(_words(layer))
    described = info_of(experiment.dataset)
    points = experiment.dataset.points or Points()
    low, high = bounds(Dense, "units")
    return {
        "features": list(points.features),
        "hidden": hidden,
        "output": {"index": len(experiment.layers), "units": described.outputs},
        "most_units": high,
        "least_units": low,
        "full": len(experiment.layers) >= MOST_LAYERS,
        "classes": [
            {"name": name, "colour": palette.class_colour(label)}
            for label, name in enumerate(described.classes)
        ],
    }


def _words(layer: Any) -> str:
    return f"Dropout {100 * layer.rate:g} %" if isinstance(layer, Dropout) else layer.type


COLOURS = {"above": diverging.ABOVE, "below": diverging.BELOW, "zero": diverging.ZERO}
