"""The moments of a training in words, and choosing one in a dialog."""

from collections.abc import Sequence

import streamlit as st

from nnlab.runs.timeline import Place, simple_fraction
from nnlab.ui.evaluate.closer import Closer


def place_of(shown: Closer, places: Sequence[Place]) -> int:
    """Number of the place that is looked at; the last for the end and for one that is gone."""
    steps = [place.moment for place in places]
    return steps.index(shown.step) if shown.step in steps else len(places) - 1


def choose_moment(shown: Closer, places: Sequence[Place]) -> None:
    """A slider over the places; nothing where there is only one."""
    if len(places) < 2:
        return
    key = shown.key(f"moment-{shown.clicks}")

    def take() -> None:
        shown.step = places[st.session_state[key]].moment

    st.select_slider(
        "Moment of the training",
        range(len(places)),
        value=place_of(shown, places),
        format_func=lambda number: places[number].label,
        key=key,
        on_change=take,
    )


def look_at_place(shown: Closer, place: Place) -> None:
    """From now on the dialog looks at this moment, by other means than its slider."""
    shown.step = place.moment
    shown.clicks += 1


def short(place: Place) -> str:
    """A few letters for an axis: "0", "1/8", "3", "2 1/2", "end"."""
    if place.end:
        return "end"
    whole, part = divmod(place.epoch, 1)
    fraction = str(simple_fraction(part)) if part else ""
    return f"{int(whole) if whole or not part else ''} {fraction}".strip()


def when(place: Place) -> str:
    """In a sentence: "before any training", "after epoch 3", "after 1/8 of epoch 1"."""
    if place.end:
        return "at the end"
    if place.step == 0:
        return "before any training"
    return place.label if place.label.startswith("after") else f"after {place.label}"


def since(place: Place) -> str:
    """In a sentence: "since the end of epoch 3", "since 1/8 of epoch 1"."""
    if place.end or place.step == 0:
        return "since the end" if place.end else "from the start"
    return f"since {place.label.replace('after', 'the end of')}"
