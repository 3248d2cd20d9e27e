"""The time slider: at which moment of its training a run is looked at."""

import streamlit as st

from nnlab.runs.run import Run
from nnlab.runs.timeline import Place, Snapshot, Timeline
from nnlab.ui.sliders import Slider, sliders

_CHOSEN = "nnlab_moments"
SECONDS_A_PLACE = 0.6


def time_bar(run: Run, key: str) -> Place | None:
    """A slider over the run's moments, with a Play button; returns where it stands.

    The choice holds on every page. At its right end it stays at the newest moment while the run
    trains. None for a run of which nothing was recorded and that has not ended.

    Args:
        run: which is looked at.
        key: unique on the page.
    """
    timeline, chosen = Timeline(run), _chosen()
    place = timeline.at(chosen.get(run.id))
    if place is None or len(timeline.places) < 2:
        return place
    last = len(timeline.places) - 1

    def move(values: dict[str, float]) -> None:
        number = round(values["moment"])
        chosen[run.id] = None if number >= last else timeline.places[number].step

    slider = Slider(
        "moment",
        "Moment of the training",
        0,
        last,
        1,
        play=True,
        play_seconds=SECONDS_A_PLACE * last,
        words=tuple(place.label for place in timeline.places),
    )
    sliders([slider], {"moment": timeline.places.index(place)}, key, move)
    return place


def travel(run: Run, place: Place) -> None:
    """Choose a moment by other means than the slider; to be called from a callback."""
    places = Timeline(run).places
    _chosen()[run.id] = None if place.end or place == places[-1] else place.step


def snapshot_at(run: Run, place: Place) -> Snapshot:
    """What is known of the network at a place; read once a process, to be read only.

    Raises:
        RunNotFound: its files are gone.
    """
    return _snapshot(run, place)


# Some hundred kilobytes to some megabytes each.
@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs={Run: lambda run: run.id})
def _snapshot(run: Run, place: Place) -> Snapshot:
    return Timeline(run).snapshot(place)


def _chosen() -> dict[str, int | None]:
    """By run: the step of the chosen moment; None for the last one."""
    return st.session_state.setdefault(_CHOSEN, {})
