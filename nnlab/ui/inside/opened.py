"""One unit of the flow, large: a map with its filter, or a number and how it comes about."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.mosaic import mosaic
from nnlab.architecture import shape_text
from nnlab.figures.flow import number_text
from nnlab.figures.weights import value_image
from nnlab.ui.columns import folding_columns
from nnlab.ui.inside.look import inside_state
from nnlab.ui.inside.view import View
from nnlab.ui.live_chart import live_chart
from nnlab.ui.tied import tied


def opened_panel(view: View, outputs: list[NDArray[np.float32]]) -> None:
    """Two fields, which say the same as a click in the flow, and what they choose."""
    layer, unit = _choice(view, outputs)
    values, name = outputs[layer][..., unit], view.unit_name(layer, unit)
    if values.ndim == 2:
        _maps(view, layer, unit, values, name)
    else:
        st.markdown(f"Output of {name}: **{number_text(float(values))}**")
    if any(known.index == layer for known in view.weights):
        st.button(
            f"How {name} comes to it, number by number",
            icon=":material/calculate:",
            key=view.look.key("take-apart"),
            on_click=inside_state().open_neuron,
            args=(view.look, layer, unit),
        )


def open_first(view: View, outputs: list[NDArray[np.float32]]) -> None:
    """Where nothing is open yet, open the first unit of a layer that does something."""
    if view.look.opened is None:
        layer = next(n for n in range(len(outputs)) if not _passes_on(view, n))
        view.look.opened = (layer, 0)


def _passes_on(view: View, index: int) -> bool:
    return view.layers[index].type in ("Flatten", "Dropout")


def _choice(view: View, outputs: list[NDArray[np.float32]]) -> tuple[int, int]:
    look = view.look
    layer, unit = look.opened or (len(outputs) - 1, 0)
    most = outputs[layer].shape[-1] - 1
    place = _Opened(layer, min(unit, most))

    def take() -> None:
        look.opened = (place.layer, place.unit if place.layer == layer else 0)
        look.generation += 1

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Layer",
            range(len(outputs)),
            index=layer,
            format_func=lambda n: f"{n + 1}. {view.layers[n].title}",
            width=260,
            **tied(place, "layer", look.fresh_key("opened-layer"), take),
        )
        st.number_input(
            view.unit_word(layer).capitalize(),
            min_value=0,
            max_value=most,
            value=place.unit,
            step=1,
            width=150,
            **tied(place, "unit", look.fresh_key("opened-unit"), take),
        )
    return place.layer, place.unit


class _Opened:
    """The pair as two fields."""

    def __init__(self, layer: int, unit: int) -> None:
        self.layer, self.unit = layer, unit


def _maps(view: View, layer: int, unit: int, values: NDArray[np.float32], name: str) -> None:
    """The map with its values, behind the filter that made it."""
    known = next((found for found in view.weights if found.index == layer), None)
    title = f"{name.capitalize()} of {view.layers[layer].title}"
    words = (
        f"{shape_text(values.shape)} values from {number_text(float(values.min()))} to"
        f" {number_text(float(values.max()))}"
    )
    left, right = folding_columns([2, 3], "inside-opened")
    with right:
        live_chart(value_image(values, title, "output"), view.look.key("map"), f"{title}: {words}")
        st.caption(f"{words}.")
    with left:
        if known is None:
            st.caption("This layer has no filters: it makes each map from the one before it.")
            return
        kernel = known.kernel[..., unit]
        said = f"Filter {unit}: {shape_text(kernel.shape)} weights"
        figure = value_image(mosaic(np.moveaxis(kernel, -1, 0)), said, "weight")
        bias = number_text(float(known.bias[unit]))
        live_chart(figure, view.look.key("filter"), f"{said}, bias {bias}")
        squares = "" if kernel.shape[-1] == 1 else " One square for each map that it looks at."
        st.caption(f"Bias {bias}.{squares}")
