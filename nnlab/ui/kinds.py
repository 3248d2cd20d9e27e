"""Data of different kinds, images and points: what a page can do with each."""

from typing import Any

import streamlit as st

from nnlab.datasets import info, info_of, split_problems
from nnlab.experiment import (
    OUTPUTS,
    OWN_IMAGES,
    OWN_POINTS,
    Dataset,
    Experiment,
    OwnImages,
    OwnPoints,
    Task,
    loss_problems,
)
from nnlab.runs.own_data import IMAGES, POINTS, Kind
from nnlab.runs.run import Run
from nnlab.ui.defaults import first_on
from nnlab.ui.resources import engine
from nnlab.ui.state import State

NO_IMAGES = "This set has no images: its examples are points in the plane."
_LEFT = "nnlab_experiment_of_kind"
_KINDS: dict[str, Kind] = {OWN_POINTS: POINTS, OWN_IMAGES: IMAGES}
_WAYS: tuple[dict[str, Any], ...] = (
    {"test_size": None, "train_size": None},
    {"test_size": None, "train_size": None, "validation_size": 0.25},
    {"test_size": None, "train_size": None, "validation": "test"},
)


def has_images(run: Run) -> bool:
    """Whether a run learned from images."""
    return info_of(run.experiment.dataset).has_images


def learns_numbers(run: Run) -> bool:
    """Whether a run learned a number for each example: then there is no accuracy."""
    return info_of(run.experiment.dataset).regression


def use_set(state: State, name: str, own: OwnPoints | OwnImages | None = None) -> None:
    """Make `name` the experiment's data set; `own` says which of the visitor's own sets.

    Without it, own points or images are those that were kept last.

    A network for images does not suit points, nor the other way round: with another kind of data
    comes what was made for that kind before, or else something to begin with.
    """
    before = state.experiment
    if own is None and name in _KINDS:
        own = next((kept.wanted for kept in engine().own_data.of(state.owner, _KINDS[name])), None)
    was, now = info(before.dataset.name), info(name)
    if was.kind != now.kind:
        kept: dict[str, Experiment] = st.session_state.setdefault(_LEFT, {})
        wanted = kept.get(now.kind) or first_on(name)
        if state.replace(_on(wanted, name, own)):
            kept[was.kind] = before
    elif was.task != now.task:
        state.replace(_on(before, name, own))
    elif OWN_IMAGES not in (name, before.dataset.name) and now.has_images:
        state.edit("dataset.name", name)
    else:
        state.edit("dataset", _on(before, name, own).dataset.model_dump(mode="json"))


def use_own_if_any(state: State) -> None:
    """Where the experiment is to learn from own data, and none are chosen, the newest there are.

    They may have been painted or uploaded after the set was chosen, and elsewhere.
    """
    dataset = state.experiment.dataset
    kind = _KINDS.get(dataset.name)
    chosen = dataset.own or dataset.own_images
    if kind is not None and chosen is None and engine().own_data.of(state.owner, kind):
        use_set(state, dataset.name)


def _on(experiment: Experiment, name: str, own: OwnPoints | OwnImages | None) -> Experiment:
    """The same on another set of its kind, which may have other classes, and fewer examples."""
    points = experiment.dataset.points
    if points is not None:
        balance = 1.0 if info(name).regression else points.balance
        points = points.model_copy(update={"classes": None, "balance": balance})
    dataset = experiment.dataset.model_copy(
        update={
            "name": name,
            "points": points,
            "own": own if isinstance(own, OwnPoints) else None,
            "own_images": own if isinstance(own, OwnImages) else None,
        }
    )
    moved = experiment.model_copy(update={"dataset": _divided(dataset)})
    return _for_task(moved, before=info(experiment.dataset.name).task)


def _for_task(experiment: Experiment, before: Task) -> Experiment:
    """With an output, a loss and a figure to watch that suit classes or numbers.

    Numbers need a linear output, which classes may have as well; who comes `before` from numbers
    has not chosen it for them.
    """
    task, training = info(experiment.dataset.name).task, experiment.training
    if task != before or experiment.output.activation not in OUTPUTS[task]:
        output = experiment.output.model_copy(update={"activation": OUTPUTS[task][0]})
        experiment = experiment.model_copy(update={"output": output})
    early = training.early_stopping
    if early is not None and task == "regression":
        early = early.model_copy(update={"monitor": "val_loss"})
    loss = None if loss_problems(experiment, task) else training.loss
    training = training.model_copy(update={"loss": loss, "early_stopping": early})
    return experiment.model_copy(update={"training": training})


def _divided(dataset: Dataset) -> Dataset:
    """For few own images, the first way to divide them that leaves each part some of each class."""
    if dataset.own_images is None:
        return dataset
    own = dataset.model_copy(update={"drawings": None})
    ways = [own, *(own.model_copy(update=way) for way in _WAYS)]
    return next((way for way in ways if not split_problems(way)), own)
