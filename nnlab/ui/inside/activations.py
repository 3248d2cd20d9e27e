"""What every layer makes of an image, from left to right."""

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.layer_weights import LayerWeights
from nnlab.analysis.mosaic import mosaic
from nnlab.architecture import LayerSummary, shape_text
from nnlab.figures.flow import (
    Column,
    bars_body,
    cells_body,
    flow,
    image_body,
    maps_body,
    note_body,
    number_text,
)
from nnlab.ui.inside.flow import clickable_flow
from nnlab.ui.inside.image_choice import Chosen, choose_image
from nnlab.ui.inside.opened import open_first, opened_panel
from nnlab.ui.inside.told import Outputs, outputs_of
from nnlab.ui.inside.view import View
from nnlab.ui.rarely_open import rarely_open


def activations(view: View) -> None:
    """The choice of an image, its way through the layers, and one unit of them large."""
    image = choose_image(view)
    outputs = None if image is None else outputs_of(view, image)
    if image is None or outputs is None:
        return
    look = view.look

    def pick(layer: int, unit: int) -> None:
        if layer < len(outputs) and unit < outputs[layer].shape[-1]:
            look.opened = (layer, unit)
            look.generation += 1

    open_first(view, outputs)
    columns = [_image_column(image), *(_column(view, n, outputs[n]) for n in range(len(outputs)))]
    titles = [layer.title for layer in view.layers]
    clickable_flow(flow(columns), titles, _names(view), f"inside-{view.run.id}-flow", pick)
    st.caption(
        "White is zero, blue is above and orange below, each layer on its own scale. Dropout is"
        " off, as always outside training."
    )
    opened_panel(view, outputs)
    with rarely_open("All of it as tables", look.key("tables")) as opened:
        if opened:
            _tables(view, outputs)


def _image_column(image: Chosen) -> Column:
    shape = shape_text((*image.seen.shape, 1))
    return Column("Image", shape, image_body(image.seen) + note_body(image.name), image.name)


def _column(view: View, index: int, values: NDArray[np.float32]) -> Column:
    layer = view.layers[index]
    words = (
        f"{layer.title}: {shape_text(values.shape)} values from {number_text(float(values.min()))}"
        f" to {number_text(float(values.max()))}"
    )
    body = _body(view, index, layer, values)
    return Column(layer.title, shape_text(values.shape), body, words, index)


def _body(view: View, index: int, layer: LayerSummary, values: NDArray[np.float32]) -> str:
    chosen = _chosen(view, index)
    if layer.index is None:
        softmax = view.run.experiment.output.activation == "softmax"
        return bars_body(values, view.dataset.classes, softmax)
    if values.ndim == 3:
        return maps_body(values, _filters(view, index), chosen)
    if layer.type == "Flatten":
        return note_body("The same numbers in one row.") + cells_body(values, opens=False)
    return cells_body(values, chosen)


def _chosen(view: View, index: int) -> int | None:
    opened = view.look.opened
    return opened[1] if opened is not None and opened[0] == index else None


def _filters(view: View, index: int) -> list[NDArray[np.float64]] | None:
    """A convolution's filters; with several channels, one small square for each."""
    layer = _with_weights(view, index)
    if layer is None or layer.kernel.ndim != 4:
        return None
    return [filter_mosaic(layer, number) for number in range(layer.units)]


def _with_weights(view: View, index: int) -> LayerWeights | None:
    return next((layer for layer in view.weights if layer.index == index), None)


def filter_mosaic(layer: LayerWeights, number: int) -> NDArray[np.float64]:
    """A filter's weights (rows, columns), its channels side by side."""
    return mosaic(np.moveaxis(layer.kernel[..., number], -1, 0))


def _names(view: View) -> dict[int, list[str]]:
    last = len(view.layers) - 1
    return {last: [f"class {name}" for name in view.dataset.classes]}


def _tables(view: View, outputs: Outputs) -> None:
    """A table a layer: of units their outputs, of maps what they reach from and to."""
    for index, values in enumerate(outputs):
        st.markdown(f"**{view.layers[index].title}** :gray[· {shape_text(values.shape)}]")
        st.dataframe(_table(view, index, values), hide_index=True, height=180)


def _table(view: View, index: int, values: NDArray[np.float32]) -> pd.DataFrame:
    word = view.unit_word(index).capitalize()
    labels = [view.unit_label(index, unit) for unit in range(values.shape[-1])]
    if values.ndim == 1:
        return pd.DataFrame({word: labels, "Output": values})
    flat = values.reshape(-1, values.shape[-1])
    return pd.DataFrame(
        {
            word: labels,
            "Smallest": flat.min(axis=0),
            "Mean": flat.mean(axis=0),
            "Largest": flat.max(axis=0),
        }
    )
