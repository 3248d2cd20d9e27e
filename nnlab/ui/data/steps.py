"""What becomes of an image and its label before a network can use them."""

from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import Arrays, DatasetInfo
from nnlab.figures import data
from nnlab.ui.columns import folding_columns
from nnlab.ui.data.parts import image_at, labels_of
from nnlab.ui.data.view import View
from nnlab.ui.live_chart import live_chart


def preparation(arrays: Arrays, view: View) -> None:
    """Normalise, flatten, one-hot: three steps with the shapes as they really are."""
    described = view.described
    image = image_at(arrays, view.image)
    label = labels_of(arrays)[view.image]
    left, right = folding_columns(2, "data-steps")
    with left:
        _normalise(view, image, described)
    with right:
        _flatten(view, image, described)
        _one_hot(view, label, described)


def _normalise(view: View, image: NDArray[np.uint8], described: DatasetInfo) -> None:
    scaled = (image / described.scale).astype(np.float32)
    _heading("1 · Normalise", image, scaled, f'x = image.astype("float32") / {described.scale:g}')
    st.markdown(
        f"Here the values ran from {image.min()} to {image.max()}, now from {scaled.min():g} to"
        f" {scaled.max():g}. Small inputs keep the first sums small, and training steady."
    )
    _chart(view, "normalised", data.normalised(image, described.scale))


def _flatten(view: View, image: NDArray[np.uint8], described: DatasetInfo) -> None:
    scaled = (image / described.scale).astype(np.float32)
    _heading("2 · Flatten", scaled, scaled.reshape(-1), "x = x.reshape(-1)")
    st.markdown(
        "A Dense layer takes a row of numbers, so the image's rows are laid end to end. The"
        f" pixel below is now {image.shape[1]} places further on. In Train, a *Flatten* layer"
        " does this."
    )
    _chart(view, "flattened", data.flattened(image, described.scale))


def _one_hot(view: View, label: np.int64, described: DatasetInfo) -> None:
    n_classes = len(described.classes)
    encoded = np.eye(n_classes, dtype=np.float32)[label]
    _heading("3 · One-hot", label, encoded, f'y = np.eye({n_classes}, dtype="float32")[label]')
    st.markdown(
        f"The network has {n_classes} outputs, one a class. This is the answer it should give:"
        " 1 for the right class, 0 for the others. The loss used here takes the label itself,"
        " which comes to the same."
    )
    _chart(view, "one-hot", data.one_hot(int(label), described.classes))


def _heading(title: str, before: Any, after: Any, code: str) -> None:
    st.subheader(title, anchor=False)
    st.markdown(f"`{_kind(before)}` → `{_kind(after)}`")
    st.code(code, language="python")


def _kind(values: Any) -> str:
    """`float32 (28, 28)`, or `label 8` for a single number."""
    return f"{values.dtype} {values.shape}" if values.ndim else f"label {values}"


def _chart(view: View, name: str, figure: dict[str, Any]) -> None:
    live_chart(figure, view.key(name), figure["layout"]["title"]["text"])
