"""Choosing a class, or any."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from nnlab.ui.evaluate.look import ANY, Filter
from nnlab.ui.tied import tied

Width = int | Literal["stretch"]


def class_choices(shown: Filter, class_names: Sequence[str], key: str, width: Width) -> None:
    """Two select boxes, the true class and the predicted one; draw them in a horizontal container.

    Args:
        shown: what they set.
        class_names: in the order of the class numbers.
        key: beginning of their keys.
        width: of each, in pixels or "stretch".
    """
    numbers = (ANY, *range(len(class_names)))
    for label, field in (("True class", "true"), ("Predicted class", "predicted")):
        st.selectbox(
            label,
            numbers,
            index=numbers.index(getattr(shown, field)),
            format_func=lambda number: "Any" if number == ANY else class_names[number],
            width=width,
            **tied(shown, field, f"{key}-{field}-{shown.generation}", shown.turn_back),
        )
