"""Which pixels speak for a class: the overlay, the same in words, and how it was found."""

from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.figures.attribution import attribution_overlay, attribution_words
from nnlab.ui.live_chart import live_chart
from nnlab.ui.wording import percent
from nnlab.work.attributing import Attribution

GRADIENTS, OCCLUSION = METHODS = ("Integrated gradients", "Occlusion")


def pixel_reasons(
    found: Attribution, method: str, image: NDArray[np.floating[Any]], name: str, key: str
) -> None:
    """Draw them.

    Args:
        found: what a worker said.
        method: one of `METHODS`.
        image: float (H, W) from 0 to 1, as the network sees it.
        name: of the class.
        key: of the chart.
    """
    values = found.gradients if method == GRADIENTS else found.occlusion
    unit = "share in the logit" if method == GRADIENTS else "probability lost"
    words = attribution_words(values, name, unit)
    live_chart(attribution_overlay(values, image, name, unit), key, words)
    st.caption(words)
    st.caption(_explained(found, method, name))


def _explained(found: Attribution, method: str, name: str) -> str:
    if method == GRADIENTS:
        return (
            f"Integrated gradients (Sundararajan and others, 2017): how much each pixel adds to "
            f"the logit of {name} on the way from a black image to this one. All pixels together "
            f"make up the change from {found.black_logit:.2f} to {found.logit:.2f}."
        )
    return (
        f"Occlusion (Zeiler and Fergus, 2014): how much of its {percent(found.probability)} class "
        f"{name} loses when {found.patch} × {found.patch} pixels around a place are blanked."
    )
