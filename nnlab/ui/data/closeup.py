"""One image as the numbers that it is stored as."""

import numpy as np
import streamlit as st

from nnlab.datasets import Arrays
from nnlab.figures.data import pixel_values
from nnlab.ui.data.parts import image_at, labels_of
from nnlab.ui.data.view import View
from nnlab.ui.live_chart import live_chart
from nnlab.ui.once import once


def closeup(arrays: Arrays, view: View) -> None:
    """Choose an image by number, and read its pixels."""
    described = view.described
    y = labels_of(arrays)
    view.image = min(view.image, len(y) - 1)
    name = described.classes[y[view.image]]
    _number(arrays, view, name)
    image = image_at(arrays, view.image)
    height, width = image.shape
    figure = pixel_values(image, f"Image {view.image:,}: {name}", described.scale)
    alt = f"Image {view.image} of class {name}, {height} by {width} numbers"
    live_chart(figure, view.key("pixels"), alt)
    st.caption(
        f"{height} × {width} = {height * width} numbers from 0 (black) to {described.scale:g}"
        f" (white). Point at a square to read its own. In code: `{_in_code(arrays, view.image)}`"
    )


def _number(arrays: Arrays, view: View, name: str) -> None:
    y = labels_of(arrays)

    def next_of_class() -> None:
        same = np.flatnonzero(y == y[view.image])
        later = same[same > view.image]
        view.image = int(later[0] if len(later) else same[0])

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            "Image number",
            min_value=0,
            max_value=len(y) - 1,
            step=1,
            help=_numbering(arrays),
            **view.show("image"),
        )
        st.button(
            f"Next “{name}”",
            icon=":material/skip_next:",
            key=view.key("next"),
            on_click=once(next_of_class),
        )


def _numbering(arrays: Arrays) -> str:
    n_train, n = len(arrays.x_train), len(arrays.x_train) + len(arrays.x_test)
    if n == n_train:
        return f"0 to {n - 1:,}, in the order of the file."
    return (
        f"0 to {n_train - 1:,} are the set's own training images, {n_train:,} to {n - 1:,} its"
        " test images."
    )


def _in_code(arrays: Arrays, position: int) -> str:
    n = len(arrays.x_train)
    return f"x_train[{position}]" if position < n else f"x_test[{position - n}]"
