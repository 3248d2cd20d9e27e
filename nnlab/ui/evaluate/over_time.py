"""A test image's probabilities at all recorded moments of its run."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.recognition import recognition, telling_classes
from nnlab.figures.image_over_time import probabilities_over_time
from nnlab.runs.image_history import recorded_answers
from nnlab.runs.run import Run
from nnlab.runs.timeline import Place, Timeline
from nnlab.ui.evaluate.asking import asked
from nnlab.ui.evaluate.closer import Closer
from nnlab.ui.evaluate.moments import look_at_place, place_of, short, since, when
from nnlab.ui.live_chart import live_chart
from nnlab.ui.resources import engine

# Lines beside the right class's.
OTHERS = 3
Rows = NDArray[np.float32]


def over_time(shown: Closer, run: Run) -> None:
    """The lines, when the image was recognised, and the same as a table."""
    places = Timeline(run).places
    if len(places) < 2:
        _nothing_recorded()
        return
    rows = _rows(shown, run, places)
    known = np.isfinite(rows).all(axis=1)
    if known.sum() < 2:
        _not_recorded(shown)
        return
    st.markdown(recognised_words(shown, places, rows))
    _chart(shown, places, rows)
    with st.expander("The same figures as a table", icon=":material/table:"):
        _table(shown, places, rows)


def recognised_words(shown: Closer, places: Sequence[Place], rows: Rows) -> str:
    """Since when the network has named the image right."""
    known = [place for place, row in zip(places, rows, strict=True) if np.isfinite(row).all()]
    found, last = recognition(rows, shown.true), known[-1]
    taken = shown.class_names[int(rows[list(places).index(last)].argmax())]
    if found.first is None:
        never = f"**Never recognised** at any of {len(known)} moments"
        return f"{never}; {when(last)} taken for **{taken}**."
    first = places[found.first]
    chance = ", by chance" if first.step == 0 else ""
    if found.for_good is None:
        lost = f"but not for good: {when(last)} taken for **{taken}**."
        return f"**First recognised {when(first)}**{chance}, {lost}"
    if found.for_good == found.first:
        ever = " only" if first is last else " and at every moment since"
        return f"**Recognised {when(first)}{ever}**{chance}."
    return f"**First recognised {when(first)}**{chance}, for good {since(places[found.for_good])}."


def _rows(shown: Closer, run: Run, places: Sequence[Place]) -> Rows:
    """As far as they were recorded; else from a worker, if the visitor may ask one."""
    question = ("recorded", len(places))
    if question not in shown.kept:
        shown.kept[question] = recorded_answers(
            run.id, places, shown.number, len(shown.class_names)
        )
    rows: Rows = shown.kept[question]
    owner = shown.behind.owner if shown.behind else None
    missing = [n for n, place in enumerate(places) if not place.end and np.isnan(rows[n]).any()]
    if not missing or owner is None:
        return rows
    steps = tuple(places[n].step for n in missing)
    found = asked(
        shown,
        ("over time", steps),
        lambda: engine().image_over_time(run.id, shown.seen(run), steps, owner),
        "The run's network is not there any more.",
    )
    if found is None:
        return rows
    filled = rows.copy()
    filled[missing] = found
    return filled


def _chart(shown: Closer, places: Sequence[Place], rows: Rows) -> None:
    classes = telling_classes(rows, shown.true, OTHERS)
    moments = [short(place) for place in places]
    figure = probabilities_over_time(
        rows, moments, shown.class_names, classes, place_of(shown, places)
    )

    def pick(number: int) -> None:
        look_at_place(shown, places[int(number)])

    live_chart(figure, "closeup-over-time", _alt(shown, places, rows), on_click=pick)
    st.caption(
        "The recorded moments stand side by side, most of them in the first epoch, when most is"
        f" learned. Shown: the true class, {shown.class_names[shown.true]}, and those that came"
        " highest at any moment. Click a moment to choose it for “Its pixels”."
    )


def _alt(shown: Closer, places: Sequence[Place], rows: Rows) -> str:
    true = shown.class_names[shown.true]
    said = [
        f"{when(place)} {row[shown.true]:.0%}"
        for place, row in zip(places, rows, strict=True)
        if np.isfinite(row).all()
    ]
    return f"Probability of the true class, {true}: {', '.join(said)}."


def _table(shown: Closer, places: Sequence[Place], rows: Rows) -> None:
    known = [bool(np.isfinite(row).all()) for row in rows]
    answers = np.nan_to_num(rows, nan=-1).argmax(axis=1)
    frame = pd.DataFrame(
        {
            "Moment": [place.label for place in places],
            "Answer": [
                shown.class_names[answer] if told else "not known"
                for answer, told in zip(answers.tolist(), known, strict=True)
            ],
            "Its probability": rows[np.arange(len(rows)), answers],
            "Of the true class": rows[:, shown.true],
        }
    )
    style = st.column_config.NumberColumn(format="percent")
    config = dict.fromkeys(("Its probability", "Of the true class"), style)
    st.dataframe(frame, hide_index=True, column_config=config)


def _nothing_recorded() -> None:
    st.info(
        "No moments of this run's training were recorded: it was trained with an earlier version,"
        " or there was no room for them. Train it again to see how its answers came about.",
        icon=":material/history:",
    )
    st.page_link("pages/2_Train.py", label="To the Train page", icon=":material/model_training:")


def _not_recorded(shown: Closer) -> None:
    """Of this image only the end is known, and nothing has been said of it yet."""
    if shown.behind is not None and shown.behind.owner is None:
        st.caption(
            "While the network was trained, its answers to some of the test images were recorded,"
            " and this is not one of them. Whoever trained it can have it asked again."
        )
