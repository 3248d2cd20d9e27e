"""Which neuron is taken apart, and for a filter, at which place of its map."""

from dataclasses import dataclass

import streamlit as st

from nnlab.ui.inside.view import View
from nnlab.ui.tied import tied

_WITH_WEIGHTS = ("Dense", "Conv2D", "Output")


@dataclass(frozen=True)
class Neuron:
    """Place of its layer in the network, and its number in the layer."""

    layer: int
    unit: int


def choose_neuron(view: View) -> Neuron:
    """Two fields: the layers with weights, and the units of the chosen one."""
    look = view.look
    layers = [n for n, layer in enumerate(view.layers) if layer.type in _WITH_WEIGHTS]
    if look.layer not in layers:
        look.layer, look.neuron = layers[0], 0
    units = _units(view, look.layer)
    look.neuron = min(look.neuron, units - 1)
    with st.container(horizontal=True, vertical_alignment="bottom", key="inside-neuron"):
        st.selectbox(
            "Layer",
            layers,
            index=layers.index(look.layer),
            format_func=lambda n: f"{n + 1}. {view.layers[n].title}",
            width=260,
            **tied(look, "layer", look.fresh_key("layer"), look.other_layer),
        )
        if view.layers[look.layer].index is None:
            _class(view, units)
        else:
            _number(view, units)
    return Neuron(look.layer, look.neuron)


def _units(view: View, layer: int) -> int:
    shape = view.layers[layer].output_shape
    return shape[-1] if shape else 1


def _class(view: View, units: int) -> None:
    look = view.look
    st.selectbox(
        "Class",
        range(units),
        index=look.neuron,
        format_func=view.dataset.classes.__getitem__,
        width=180,
        **tied(look, "neuron", look.fresh_key("neuron"), look.other_neuron),
    )


def _number(view: View, units: int) -> None:
    look = view.look
    st.number_input(
        view.unit_word(look.layer or 0).capitalize(),
        min_value=0,
        max_value=units - 1,
        value=look.neuron,
        step=1,
        width=150,
        help=f"0 to {units - 1:,}",
        **tied(look, "neuron", look.fresh_key("neuron"), look.other_neuron),
    )


def choose_place(view: View, chosen: Neuron, place: tuple[int, int]) -> None:
    """Row and column in the filter's map, and a button back to where its sum is largest.

    Args:
        view: what is looked at.
        chosen: the filter.
        place: where it is shown now.
    """
    look, shape = view.look, view.layers[chosen.layer].output_shape or (1, 1)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for axis, label in enumerate(("Row of its map", "Column")):
            _along(view, axis, label, shape[axis] - 1, place)
        st.button(
            "Where it is strongest",
            icon=":material/my_location:",
            key=look.key("strongest"),
            disabled=look.place is None,
            on_click=look.other_neuron,
        )


def _along(view: View, axis: int, label: str, most: int, place: tuple[int, int]) -> None:
    look = view.look
    # The strongest place moves with the slider, a chosen one does not.
    key = look.fresh_key(f"{label}-{place if look.place is None else ''}")

    def take() -> None:
        value = int(st.session_state[key])
        look.place = (value, place[1]) if axis == 0 else (place[0], value)

    st.number_input(
        label,
        min_value=0,
        max_value=most,
        value=place[axis],
        step=1,
        width=150,
        key=key,
        on_change=take,
    )
