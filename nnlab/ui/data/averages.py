"""The mean image of each class."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.images import class_means
from nnlab.datasets import Arrays, DatasetInfo
from nnlab.figures.images import as_pixels, image_sheet
from nnlab.ui.data.parts import fingerprint


def averages(arrays: Arrays, described: DatasetInfo) -> None:
    """One picture a class, over the set's own training images."""
    st.header("The average of each class", anchor=False)
    means = _means(arrays, len(described.classes))
    captions = list(described.classes)
    alts = [f"mean image of class {caption}" for caption in captions]
    st.html(image_sheet(list(as_pixels(means, described.scale)), captions, 10, alts))
    st.caption(
        "Each is the mean of all training images of its class, pixel by pixel. Sharp means that"
        " they look alike; blurred, that they are drawn in many ways. Two averages that look"
        " alike are classes that a network will mix up."
    )


@st.cache_data(show_spinner=False, max_entries=8, hash_funcs={Arrays: fingerprint})
def _means(arrays: Arrays, n_classes: int) -> NDArray[np.float64]:
    return class_means(arrays.x_train, arrays.y_train, n_classes)
