"""Every layer's settings as fields."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from nnlab.experiment import (
    ACTIVATIONS,
    INITIALIZERS,
    PADDINGS,
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
)
from nnlab.ui.controls import choice, number
from nnlab.ui.state import State

INITIALIZER_HELP = "How the weights are drawn before training."
# Draws a field of a layer at a path of the experiment; the last argument names the layer.
_Draw = Callable[[State, str, Any, str], None]


def all_hidden(state: State, path: str, layer: Layer) -> bool:
    """Whether a task hides every field of the layer at `path`, or it has none."""
    return all(state.hidden(f"{path}.{field}") for field in _FIELDS[type(layer)])


def layer_fields(state: State, path: str, layer: Layer, name: str) -> None:
    """All fields of `layer`, which stands at `path`, side by side.

    `name` is the layer's own, so that its fields follow it when it moves.
    """
    fields = _FIELDS[type(layer)]
    if getattr(layer, "kernel_initializer", "") == "random_normal":
        fields = {**fields, "kernel_stddev": stddev}
    shown = [draw for field, draw in fields.items() if not state.hidden(f"{path}.{field}")]
    if not shown:
        return
    columns = st.columns(_WIDTHS.get(len(shown), len(shown)), vertical_alignment="bottom")
    for column, draw in zip(columns, shown, strict=False):
        with column:
            draw(state, path, layer, name)


def _number(label: str, field: str, **options: Any) -> _Draw:
    def draw(state: State, path: str, layer: Any, name: str) -> None:
        number(state, label, f"{path}.{field}", layer, name=f"{name}-{field}", **options)

    return draw


def _choice(label: str, field: str, allowed: tuple[str, ...], help_text: str) -> _Draw:
    def draw(state: State, path: str, layer: Any, name: str) -> None:
        value = getattr(layer, field)
        choice(
            state,
            label,
            f"{path}.{field}",
            value,
            allowed,
            name=f"{name}-{field}",
            help=help_text,
        )

    return draw


_ACTIVATION_HELP = "The function applied to each unit's weighted sum."
_ACTIVATION = _choice("Activation", "activation", ACTIVATIONS, _ACTIVATION_HELP)
_INITIALIZER = _choice("Initializer", "kernel_initializer", INITIALIZERS, INITIALIZER_HELP)
stddev = _number(
    "Stddev",
    "kernel_stddev",
    step=0.01,
    format="%g",
    help="Standard deviation of the normal distribution that the start weights are drawn from.",
)
_FIELDS: dict[type, dict[str, _Draw]] = {
    Dense: {
        "units": _number("Units", "units"),
        "activation": _ACTIVATION,
        "kernel_initializer": _INITIALIZER,
    },
    Dropout: {
        "rate": _number(
            "Rate", "rate", step=0.05, format="%.2f", help="Share of inputs set to zero."
        ),
    },
    Flatten: {},
    Conv2D: {
        "filters": _number("Filters", "filters"),
        "kernel_size": _number(
            "Kernel", "kernel_size", help="Side of the square filter, in pixels."
        ),
        "strides": _number("Strides", "strides", help="How far the filter moves at a time."),
        "padding": _choice(
            "Padding", "padding", PADDINGS, "same keeps the image's size; valid shrinks it."
        ),
        "activation": _ACTIVATION,
        "kernel_initializer": _INITIALIZER,
    },
    MaxPooling2D: {"pool_size": _number("Pool size", "pool_size")},
    BatchNormalization: {"momentum": _number("Momentum", "momentum", step=0.01, format="%.4f")},
    Activation: {"activation": _ACTIVATION},
}
_WIDTHS: dict[int, list[float]] = {
    1: [1, 1],
    3: [1, 1, 1.2],
    4: [1, 1, 1.2, 1],
    6: [1, 1, 1, 1.1, 1.2, 1.4],
    7: [1, 1, 1, 1.1, 1.2, 1.4, 1.1],
}
