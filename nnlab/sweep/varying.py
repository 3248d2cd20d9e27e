"""Which settings of an experiment a sweep may vary, and which changes by hand forbid it."""

from nnlab.datasets import UnknownDataset, info
from nnlab.experiment import (
    OWN_POINTS,
    Change,
    Experiment,
    Points,
    named,
    settings_of,
    with_settings,
)
from nnlab.experiment.flat import Flat
from nnlab.sweep.axis import ADDED_LAYER

# What stands for one's own data or another run, and what was done by hand, is no value to try.
# Another kind of validation would have trials judged by different images.
_NEVER = (
    "dataset.own", "dataset.own_images", "dataset.drawings", "dataset.validation",
    "dataset.points.features", "training.start_from", "training.changes",
)  # fmt: skip
_GROUPS = ("dataset.augmentation", "dataset.points", "training.early_stopping")
POINTS = "dataset.points"


def settable(experiment: Experiment) -> Flat:
    """The settings that may vary, by path, with the value that each has now.

    Those of the points in the plane are there also where the experiment leaves them at their
    defaults. `ADDED_LAYER` is not among them.
    """
    own = settings_of(spelled_out(experiment))
    return {path: value for path, value in own.items() if _may_vary(path)}


def _may_vary(path: str) -> bool:
    if path in _GROUPS:  # switched off: there is no single value to give it
        return False
    if path.startswith("layers.") and path.endswith(".type"):
        return False
    return not any(path == never or path.startswith(f"{never}.") for never in _NEVER)


def spelled_out(experiment: Experiment) -> Experiment:
    """The same experiment with the settings of its points written down, where it has made ones."""
    if experiment.dataset.points is not None or not _made_of_points(experiment.dataset.name):
        return experiment
    return with_settings(experiment, {POINTS: Points().model_dump(mode="json")})


def _made_of_points(name: str) -> bool:
    try:
        return name != OWN_POINTS and not info(name).has_images
    except UnknownDataset:  # told by `check`
        return False


def overridden_by(experiment: Experiment, path: str) -> Change | None:
    """The first change by hand that would undo, or misplace, what a trial sets at `path`."""
    changes = experiment.training.changes or ()
    return next((change for change in changes if _undoes(change, path)), None)


def _undoes(change: Change, path: str) -> bool:
    if change.field == "weight":
        return path == ADDED_LAYER  # the layers behind it would have other numbers
    if change.field == "dropout":
        return path.startswith("layers.") and path.endswith(".rate")
    fields = {"learning_rate": "training.optimizer.learning_rate"}
    return path == fields.get(change.field, f"training.{change.field}")


def why_not(change: Change) -> str:
    """What is told about it."""
    return (
        f"the experiment changes its {named(change.field)} while it trains ({change.told}), which "
        "would undo what varies. Remove that change on Train, or vary another setting"
    )
