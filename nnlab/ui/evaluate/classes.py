"""Precision, recall and F1 of each class."""

import pandas as pd
import streamlit as st

from nnlab.figures.class_table import class_bars
from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.picture import picture
from nnlab.ui.rarely_open import rarely_open
from nnlab.ui.wording import percent

_HELP = {
    "Precision": "Of all {things} that the network took for this class, the share that are of it.",
    "Recall": "Of all {things} of this class, the share that the network recognised.",
    "F1": "Harmonic mean of precision and recall: high only where both are.",
}
_SUPPORT = "Test {things} of this class, often called support."


def class_table(answers: Answers) -> None:
    """A row for each class, the means in words, and the same as a table that can be sorted."""
    st.header("Class by class", anchor=False)
    figures = answers.per_class
    values = (figures.precision, figures.recall, figures.f1)
    shares = {
        name: (column, why.format(things=answers.things))
        for (name, why), column in zip(_HELP.items(), values, strict=True)
    }
    support = _SUPPORT.format(things=answers.things)
    bars = class_bars(answers.class_names, shares, figures.support, support, answers.things)
    picture(bars, "evaluate-classes")
    means = " · ".join(
        f"{name} {percent(float(column.mean()))}" for name, (column, _) in shares.items()
    )
    st.caption(f"Mean of the classes, each counting alike: {means}.")
    with rarely_open("The same as a table to sort", "evaluate-classes-table") as opened:
        if opened:
            _sortable(answers)


def _sortable(answers: Answers) -> None:
    figures, things = answers.per_class, answers.things
    frame = pd.DataFrame(
        {
            "Class": answers.class_names,
            "Precision": 100 * figures.precision,
            "Recall": 100 * figures.recall,
            "F1": 100 * figures.f1,
            things.capitalize(): figures.support,
        }
    )
    bars = {
        name: st.column_config.ProgressColumn(
            format="%.1f %%",
            min_value=0.0,
            max_value=100.0,
            width=110,
            help=text.format(things=things),
        )
        for name, text in _HELP.items()
    }
    support = st.column_config.NumberColumn(
        format="localized", width=65, help=_SUPPORT.format(things=things)
    )
    named = {"Class": st.column_config.TextColumn(width=100)}
    columns = {**named, **bars, things.capitalize(): support}
    st.dataframe(frame, hide_index=True, column_config=columns, height="content")
