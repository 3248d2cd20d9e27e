"""What was recorded of a run's layers, read once a process."""

import streamlit as st

from nnlab.analysis.layers_over_time import Layer, LayersOverTime, Seen, over_time, seen
from nnlab.architecture import layer_title
from nnlab.datasets import info_of
from nnlab.runs.moments import Moments
from nnlab.runs.run import Run
from nnlab.runs.timeline import Place


def layers_of(run: Run) -> LayersOverTime:
    """All moments so far; to be read only. Without any layer where nothing was recorded."""
    return _layers(run.id, tuple(Moments(run.id).steps()))


def layer_name(run: Run, layer: Layer) -> str:
    """A layer by its number and what it is, e.g. "2. Dense 128 · ReLU"."""
    settings = (*run.experiment.layers, run.experiment.output)[layer.position]
    outputs = info_of(run.experiment.dataset).outputs
    return f"{layer.position + 1}. {layer_title(settings, outputs)}"


def moment_of(run: Run, layers: LayersOverTime, place: Place) -> tuple[int, str]:
    """Which moment is shown at a place, and what must be said of it where it is another one.

    Early stopping may have gone back to the weights of an epoch before, and of the network that
    it left as the end nothing was recorded.
    """
    index = layers.index(place.step)
    went_back = place.end and run.experiment.training.early_stopping is not None
    if layers.steps[index] == place.step and not went_back:
        return index, ""
    why = " Early stopping may have gone back to an epoch before." if went_back else ""
    shown = Place(layers.steps[index], layers.epochs[index]).label
    return index, f"Of {place.label} nothing was recorded.{why} Shown is the moment {shown}."


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
