"""Data of different kinds, images and points: what a page can do with each."""

import streamlit as st

from nnlab.datasets import info
from nnlab.experiment import OWN_POINTS, Experiment, OwnPoints
from nnlab.runs.run import Run
from nnlab.ui.defaults import first_on
from nnlab.ui.resources import engine
from nnlab.ui.state import State

NO_IMAGES = "This set has no images: its examples are points in the plane."
_LEFT = "nnlab_experiment_of_kind"


def has_images(run: Run) -> bool:
    """Whether a run learned from images."""
    return info(run.experiment.dataset.name).has_images


def use_set(state: State, name: str, own: OwnPoints | None = None) -> None:
    """Make `name` the experiment's data set; `own` says which of the visitor's own points.

    Without it, own points are those that were kept last.

    A network for images does not suit points, nor the other way round: with another kind of data
    comes what was made for that kind before, or else something to begin with.
    """
    before = state.experiment
    if name == OWN_POINTS and own is None:
        own = next((kept.points for kept in engine().own_data.of(state.owner)), None)
    was, now = info(before.dataset.name), info(name)
    if was.kind != now.kind:
        kept: dict[str, Experiment] = st.session_state.setdefault(_LEFT, {})
        wanted = kept.get(now.kind) or first_on(name)
        if state.replace(_on(wanted, name, own)):
            kept[was.kind] = before
    elif now.has_images:
        state.edit("dataset.name", name)
    else:
        state.edit("dataset", _on(before, name, own).dataset.model_dump(mode="json"))


def _on(experiment: Experiment, name: str, own: OwnPoints | None) -> Experiment:
    """The same on another set of its kind, which may not have as many classes."""
    points = experiment.dataset.points
    if points is not None:
        points = points.model_copy(update={"classes": None})
    dataset = experiment.dataset.model_copy(update={"name": name, "points": points, "own": own})
    return experiment.model_copy(update={"dataset": dataset})
