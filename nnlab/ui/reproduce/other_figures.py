"""Published figures that need no training run: MNIST's class counts, and the lessons' own."""

import streamlit as st

from nnlab.datasets import DatasetError
from nnlab.reproduction import CLASS_COUNTS, class_counts


def other_figures() -> None:
    """A small table each."""
    st.subheader("Without a training run")
    _counts()


def _counts() -> None:
    import pandas as pd

    try:
        ours = class_counts()
    except DatasetError as error:
        st.caption(f"Images of each digit in MNIST: {error}")
        return
    verdict = "✓ agrees" if ours == CLASS_COUNTS else "✗ differs"
    st.caption(f"Course D counts the training images of each digit in MNIST: {verdict}.")
    frame = pd.DataFrame({"Published": CLASS_COUNTS, "Counted here": ours}).T
    st.dataframe(frame)
