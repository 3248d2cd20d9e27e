"""Precision, recall and F1 of each class."""

import pandas as pd
import streamlit as st

from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.wording import percent

_HELP = {
    "Precision": "Of all images that the network took for this class, the share that are of it.",
    "Recall": "Of all images of this class, the share that the network recognised.",
    "F1": "Harmonic mean of precision and recall: high only where both are.",
}


def class_table(answers: Answers) -> None:
    """A row for each class, and the means in words."""
    st.header("Class by class", anchor=False)
    figures = answers.per_class
    frame = pd.DataFrame(
        {
            "Class": answers.class_names,
            "Precision": 100 * figures.precision,
            "Recall": 100 * figures.recall,
            "F1": 100 * figures.f1,
            "Images": figures.support,
        }
    )
    bars = {
        name: st.column_config.ProgressColumn(
            format="%.1f %%", min_value=0.0, max_value=100.0, width=110, help=text
        )
        for name, text in _HELP.items()
    }
    support = st.column_config.NumberColumn(
        format="localized", width=65, help="Test images of this class, often called support."
    )
    columns = {"Class": st.column_config.TextColumn(width=100), **bars, "Images": support}
    st.dataframe(frame, hide_index=True, column_config=columns, height="content")
    means = " · ".join(f"{name} {percent(frame[name].mean() / 100)}" for name in _HELP)
    st.caption(f"Mean of the classes, each counting alike: {means}.")
