"""One unit of the first layer: its weights large, its bias, and what the next layer makes of it."""

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.layer_weights import Outgoing, outgoing
from nnlab.figures.diverging import furthest
from nnlab.figures.flow import number_text
from nnlab.figures.weights import value_bars, value_image
from nnlab.ui.inside.look import inside_state
from nnlab.ui.inside.view import View
from nnlab.ui.live_chart import live_chart
from nnlab.ui.rarely_open import rarely_open


def unit_panel(view: View, pictures: NDArray[np.floating], unit: int) -> None:
    """The unit that was clicked.

    Args:
        view: what is looked at.
        pictures: the weights of all units, (units, height, width).
        unit: which of them.
    """
    look, first = view.look, view.weights[0]
    name, values = view.unit_name(first.index, unit), pictures[unit]
    limit = furthest(pictures if look.scale == "common" else values)
    title = f"Weights of {_plotly(name)}"
    height, width = values.shape
    words = (
        f"{height} × {width} weights from {number_text(float(values.min()))} to"
        f" {number_text(float(values.max()))}, bias {number_text(float(first.bias[unit]))}"
    )
    figure = value_image(values, title, "weight", limit)
    live_chart(figure, look.key("unit"), f"{title}: {words}")
    st.caption(f"{words}.")
    _onwards(view, unit, name)
    st.button(
        "Its arithmetic, with an image",
        icon=":material/calculate:",
        key=look.key("to-neuron"),
        on_click=inside_state().open_neuron,
        args=(look, first.index, unit),
    )
    with rarely_open("Its weights as a table", look.key("unit-table")) as opened:
        if opened:
            st.dataframe(pd.DataFrame(values).round(5))


def _onwards(view: View, unit: int, name: str) -> None:
    """Bars of the weights to the next layer, and the same as a table; nothing for an output."""
    if len(view.weights) == 1:
        st.caption("This is the output layer: nothing comes after it.")
        return
    first, following = view.weights[:2]
    found = outgoing(first, unit, following)
    names = [view.unit_label(following.index, n) for n in range(len(found.values))]
    what = view.unit_word(following.index).capitalize()
    title = view.layers[following.index].title
    axes = (f"{what} of {title}", "Weight" if found.signed else "Norm")
    figure = value_bars(found.values, names, f"From {_plotly(name)} onwards", axes)
    live_chart(figure, view.look.key("onwards"), _words(found, names, what))
    if not found.signed:
        st.caption("Several weights each: the bar is their norm, the root of the sum of squares.")
    with rarely_open("The same as a table", view.look.key("onwards-table")) as opened:
        if opened:
            frame = pd.DataFrame({what: names, axes[1]: found.values.round(5)})
            st.dataframe(frame, hide_index=True)


def _words(found: Outgoing, names: list[str], what: str) -> str:
    high, low = int(np.argmax(found.values)), int(np.argmin(found.values))
    return (
        f"Weights onwards: largest {number_text(found.values[high])} to {what} {names[high]},"
        f" smallest {number_text(found.values[low])} to {what} {names[low]}"
    )


def _plotly(name: str) -> str:
    """Plotly takes some HTML in its texts; a name is shown as it is."""
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
