"""Data of different kinds, images and points: what a page can do with each."""

import streamlit as st

from nnlab.datasets import info
from nnlab.experiment import OUTPUTS, OWN_POINTS, Experiment, OwnPoints, loss_problems
from nnlab.runs.run import Run
from nnlab.ui.defaults import first_on
from nnlab.ui.resources import engine
from nnlab.ui.state import State

NO_IMAGES = "This set has no images: its examples are points in the plane."
_LEFT = "nnlab_experiment_of_kind"


def has_images(run: Run) -> bool:
    """Whether a run learned from images."""
    return info(run.experiment.dataset.name).has_images


def learns_numbers(run: Run) -> bool:
    """Whether a run learned a number for each example: then there is no accuracy."""
    return info(run.experiment.dataset.name).regression


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
    elif was.task != now.task:
        state.replace(_on(before, name, own))
    elif now.has_images:
        state.edit("dataset.name", name)
    else:
        state.edit("dataset", _on(before, name, own).dataset.model_dump(mode="json"))


def _on(experiment: Experiment, name: str, own: OwnPoints | None) -> Experiment:
    """The same on another set of its kind, which may have other classes, or numbers instead."""
    points = experiment.dataset.points
    if points is not None:
        balance = 1.0 if info(name).regression else points.balance
        points = points.model_copy(update={"classes": None, "balance": balance})
    dataset = experiment.dataset.model_copy(update={"name": name, "points": points, "own": own})
    return _for_task(experiment.model_copy(update={"dataset": dataset}))


def _for_task(experiment: Experiment) -> Experiment:
    """With an output, a loss and a figure to watch that suit classes or numbers."""
    task, training = info(experiment.dataset.name).task, experiment.training
    if experiment.output.activation not in OUTPUTS[task]:
        output = experiment.output.model_copy(update={"activation": OUTPUTS[task][0]})
        experiment = experiment.model_copy(update={"output": output})
    early = training.early_stopping
    if early is not None and task == "regression":
        early = early.model_copy(update={"monitor": "val_loss"})
    loss = None if loss_problems(experiment, task) else training.loss
    training = training.model_copy(update={"loss": loss, "early_stopping": early})
    return experiment.model_copy(update={"training": training})
