"""What was recorded of a run's layers, read once a process."""

import streamlit as st

from nnlab.analysis.layers_over_time import Layer, LayersOverTime, Seen, over_time, seen
from nnlab.architecture import layer_title
from nnlab.datasets import info
from nnlab.runs.moments import Moments
from nnlab.runs.run import Run
from nnlab.runs.timeline import Place


def layers_of(run: Run) -> LayersOverTime:
    """All moments so far; to be read only. Without any layer where nothing was recorded."""
    return _layers(run.id, tuple(Moments(run.id).steps()))


def layer_name(run: Run, layer: Layer) -> str:
    """A layer by its number and what it is, e.g. "2 · Dense 128 · ReLU"."""
    settings = (*run.experiment.layers, run.experiment.output)[layer.position]
    classes = len(info(run.experiment.dataset.name).classes)
    return f"{layer.position + 1} · {layer_title(settings, classes)}"


def moment_of(layers: LayersOverTime, place: Place) -> tuple[int, str]:
    """Which moment is shown at a place, and what must be said of it where it is another one.

    Early stopping goes back to an epoch before: of the network that it leaves as the end, nothing
    was recorded under that name.
    """
    index = layers.index(place.step)
    if layers.steps[index] == place.step:
        return index, ""
    shown = Place(layers.steps[index], layers.epochs[index]).label
    return index, f"Nothing was recorded of the layers just then; shown is the moment {shown}."


@st.cache_resource(show_spinner=False, max_entries=64)
def _layers(run_id: str, steps: tuple[int, ...]) -> LayersOverTime:
    found = [_seen(run_id, step) for step in steps]
    return over_time([moment for moment in found if moment is not None])


# Some kilobytes each. A run that trains adds one moment after the other.
@st.cache_resource(show_spinner=False, max_entries=2000)
def _seen(run_id: str, step: int) -> Seen | None:
    try:
        return seen(Moments(run_id).read(step))
    except FileNotFoundError:  # damaged, or deleted just now
        return None
