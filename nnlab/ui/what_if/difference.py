"""The network untouched and changed: in figures, class by class, and what is taken for what."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnlab.figures.what_if import class_bars
from nnlab.ui.columns import folding_columns
from nnlab.ui.live_chart import live_chart
from nnlab.ui.matrix import matrix
from nnlab.ui.what_if.subject import UNTOUCHED, Subject
from nnlab.ui.wording import percent
from nnlab.work.what_if import Said


def headline(subject: Subject, now: Said, name: str, words: str) -> None:
    """Accuracy before and now, and how many answers are others.

    Args:
        subject: the network.
        now: its answers with the change.
        name: of the panel.
        words: what was changed, short enough for a third of a narrow page.
    """
    before = subject.ask(UNTOUCHED)
    accuracies = subject.accuracy(before), subject.accuracy(now)
    others = int((before.predicted != now.predicted).sum())
    places = folding_columns(3, f"what-if-figures-{name}", narrow=3)
    figure(places[0], "Untouched", percent(accuracies[0]))
    figure(places[1], words, percent(accuracies[1]), change=accuracies[1] - accuracies[0])
    figure(
        places[2],
        "New answers",
        f"{others:,}",
        help=f"Of {len(now.predicted):,} images: right ones that became wrong, wrong ones that"
        " became right, and other mistakes.",
    )


def figure(
    place: DeltaGenerator,
    label: str,
    value: str,
    help: str | None = None,
    change: float | None = None,
) -> None:
    """A figure in a frame as high as its neighbours'; `change` is of an accuracy, from -1 to 1.

    A change that is written as 0.0 has neither sign nor arrow.
    """
    points = None if change is None else round(100 * change, 1) + 0.0  # never −0.0
    place.metric(
        label,
        value,
        delta=None if points is None else f"{points:{'+' if points else ''}.1f} points",
        delta_color="normal" if points else "off",
        delta_arrow="auto" if points else "off",
        help=help,
        border=True,
        height="stretch",
    )


def difference(subject: Subject, now: Said, name: str) -> None:
    """Both class by class, and the confusion matrix with the change."""
    before = subject.ask(UNTOUCHED)
    left, right = folding_columns(2, f"what-if-difference-{name}", gap="large")
    frame = _by_class(subject, before, now)
    with left:
        columns = [frame[column].tolist() for column in ("Untouched", "Changed")]
        bars = class_bars(columns[0], columns[1], subject.class_names)
        live_chart(bars, f"what-if-classes-{name}", _in_words(frame))
        with st.expander("Class by class as a table", icon=":material/table:"):
            style = st.column_config.NumberColumn(format="percent")
            shown = dict.fromkeys(("Untouched", "Changed", "Difference"), style)
            st.dataframe(frame, hide_index=True, column_config=shown, height="content")
    with right:
        counts = subject.counts(now)
        wrong = int(counts.sum() - counts.trace())
        alt = f"Confusion matrix with the change: {wrong:,} of {counts.sum():,} images wrong."
        title = "What is taken for what, with the change"
        matrix(counts, subject.class_names, f"what-if-confusion-{name}", title, alt)


def _by_class(subject: Subject, before: Said, now: Said) -> pd.DataFrame:
    both = [subject.counts(said) for said in (before, now)]
    images = both[0].sum(axis=1)
    shares = [counts.diagonal() / images.clip(min=1) for counts in both]
    return pd.DataFrame(
        {
            "Class": subject.class_names,
            "Images": images,
            "Untouched": shares[0],
            "Changed": shares[1],
            "Difference": shares[1] - shares[0],
            "Answers untouched": both[0].sum(axis=0),
            "Answers changed": both[1].sum(axis=0),
        }
    )


def _in_words(frame: pd.DataFrame) -> str:
    classes = ", ".join(
        f"{row['Class']} {percent(row['Untouched'])} to {percent(row['Changed'])}"
        for _, row in frame.iterrows()
    )
    return f"Share of each class that is recognised, untouched and changed: {classes}."
