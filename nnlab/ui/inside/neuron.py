"""One neuron taken apart: inputs times weights, summed up, and the activation of the sum."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.mosaic import in_cells, mosaic
from nnlab.analysis.weighted_sum import NeuronPass, WeightedSum, weighted_sum
from nnlab.architecture import activation_name
from nnlab.figures.flow import number_text
from nnlab.figures.neuron_pass import (
    activation_curve,
    product_bars,
    product_images,
    rest_words,
    sum_table,
)
from nnlab.ui.columns import folding_columns
from nnlab.ui.inside.image_choice import choose_image
from nnlab.ui.inside.neuron_choice import Neuron, choose_neuron, choose_place
from nnlab.ui.inside.told import neuron_of
from nnlab.ui.inside.view import View
from nnlab.ui.live_chart import live_chart
from nnlab.ui.picture import picture

TERMS = 10
# More numbers than this are squares instead of bars, in rows of so many.
MOST_BARS, ROW = 300, 32


def one_neuron(view: View) -> None:
    """The choice of an image and a neuron, and the neuron's arithmetic."""
    image = choose_image(view)
    if image is None:
        return
    chosen = choose_neuron(view)
    found = neuron_of(view, image, chosen.layer, chosen.unit, view.look.place)
    if found is None:
        return
    if found.place is not None:
        choose_place(view, chosen, found.place)
    st.markdown(f"**{image.name}**, through {_title(view, chosen)}")
    try:
        added = weighted_sum(found.inputs, found.weights, found.bias, TERMS)
    except ValueError:
        st.warning("This network's numbers have grown beyond all bounds: no sum can be shown.")
        return
    _products(view, chosen, found)
    _sum_and_curve(view, chosen, found, added)


def _title(view: View, chosen: Neuron) -> str:
    return f"**{view.unit_name(chosen.layer, chosen.unit)}** of {view.layers[chosen.layer].title}"


def _products(view: View, chosen: Neuron, found: NeuronPass) -> None:
    """As images where the inputs lie in a plane or are many, else as bars."""
    inputs, weights = (_laid_out(view, chosen, part) for part in (found.inputs, found.weights))
    words = (
        f"{found.inputs.size:,} inputs from {number_text(float(found.inputs.min()))} to"
        f" {number_text(float(found.inputs.max()))}, weights from"
        f" {number_text(float(found.weights.min()))} to {number_text(float(found.weights.max()))}."
        " The table below has the largest products."
    )
    if inputs.ndim == 1:
        figure = product_bars(inputs, weights)
    else:
        figure = product_images(inputs, weights, view.sees_pixels(chosen.layer))
    live_chart(figure, view.look.key("products"), words)


def _laid_out(view: View, chosen: Neuron, values: NDArray[np.float32]) -> NDArray[np.floating]:
    """A row of numbers as the image that it was; channels side by side; many numbers in rows."""
    shape = values.shape if values.ndim == 3 else view.seen_shape(chosen.layer)
    if len(shape) == 3:
        return mosaic(np.moveaxis(values.reshape(shape), -1, 0))
    return values if values.size <= MOST_BARS else in_cells(values, ROW)


def _sum_and_curve(view: View, chosen: Neuron, found: NeuronPass, added: WeightedSum) -> None:
    activation = activation_name(_activation(view, chosen))
    left, right = folding_columns([6, 5], "inside-sum")
    with left:

        def name(position: int) -> str:
            return input_name(view, chosen, found, position)

        picture(sum_table(added, found, name, activation), view.look.key("sum"))
        st.caption(
            f"The {len(added.positions)} products farthest from zero, then {rest_words(added)}."
            f" Products are rounded to {added.decimals} decimals, up or down, so that the column"
            " adds up as it stands; each is less than one of the last decimal from its exact value."
        )
    with right:
        live_chart(
            activation_curve(found, activation),
            view.look.key("curve"),
            f"{activation}: f({found.z:.4f}) = {number_text(found.output)}",
        )
        st.caption(_curve_words(activation, added, found))


def _activation(view: View, chosen: Neuron) -> str:
    return str(getattr(view.layers[chosen.layer].settings, "activation", "linear"))


def _curve_words(activation: str, added: WeightedSum, found: NeuronPass) -> str:
    words = f"f({added.text(added.total)}) = **{number_text(found.output)}**."
    if activation == "softmax":
        words += " Softmax looks at all classes: the curve is for this sum, the others as they are."
    return words


def input_name(view: View, chosen: Neuron, found: NeuronPass, position: int) -> str:
    """Where an input comes from: a pixel, a place in a map, or a unit of the layer before.

    Args:
        view: what is looked at.
        chosen: the neuron.
        found: at work.
        position: of the input in its row.
    """
    flat = found.inputs.ndim == 1
    shape = view.seen_shape(chosen.layer) if flat else found.inputs.shape
    if len(shape) != 3:
        return f"unit {position}"
    row, column, channel = (int(n) for n in np.unravel_index(position, shape))
    place = f"{'' if flat else 'patch '}row {row}, column {column}"
    if shape[2] > 1:
        return f"map {channel}, {place}"
    return place
