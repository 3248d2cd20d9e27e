"""What the pixels of a test image said, for any class and at any recorded moment."""

from collections.abc import Sequence

import streamlit as st

from nnlab.runs.run import Run
from nnlab.runs.timeline import Place, Timeline
from nnlab.ui.evaluate.asking import asked
from nnlab.ui.evaluate.closer import Closer
from nnlab.ui.evaluate.moments import choose_moment, place_of, when
from nnlab.ui.pixel_reasons import GRADIENTS, METHODS, pixel_reasons
from nnlab.ui.resources import engine
from nnlab.ui.tied import tied
from nnlab.ui.wording import percent
from nnlab.work.attributing import Attribution


def pixels(shown: Closer, run: Run, owner: str) -> None:
    """Moment, class and method; the overlay and what it says."""
    places = Timeline(run).places
    choose_moment(shown, places)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _choose_class(shown)
        method = st.segmented_control(
            "Method", METHODS, default=GRADIENTS, required=True, key=shown.key("method")
        )
    found = asked(
        shown,
        ("pixels", shown.step, shown.target),
        lambda: engine().attribute(run.id, shown.seen(run), shown.target, owner, shown.step),
        "The network's weights at this moment were not kept. Choose another moment.",
    )
    if found is None:
        return
    st.markdown(_said(shown, found, places))
    name = shown.class_names[shown.target]
    pixel_reasons(found, method, shown.seen(run), name, "closeup-pixels")


def _choose_class(shown: Closer) -> None:
    tags = {shown.true: " (true)"}
    tags[shown.answer] = " (its answer)" if shown.answer != shown.true else " (true, its answer)"
    numbers = range(len(shown.class_names))
    st.selectbox(
        "What speaks for and against",
        numbers,
        index=shown.target,
        format_func=lambda number: shown.class_names[number] + tags.get(number, ""),
        width=220,
        **tied(shown, "target", shown.key("target")),
    )


def _said(shown: Closer, found: Attribution, places: Sequence[Place]) -> str:
    moment = when(places[place_of(shown, places)])
    name, share = shown.class_names[shown.target], percent(found.probability)
    return f"{moment[0].upper()}{moment[1:]} the network gives **{name}** a probability of {share}."
