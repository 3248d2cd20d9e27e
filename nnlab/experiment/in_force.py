"""An experiment as its changes have made it by some step."""

from collections.abc import Iterable
from typing import Any

from nnlab.experiment.changes import Change
from nnlab.experiment.experiment import Experiment, parse_experiment
from nnlab.experiment.layers import Dropout


def in_force(experiment: Experiment, step: int) -> Experiment:
    """The settings that the step after `step` trains with.

    Args:
        experiment: as it stands in a run.
        step: steps that are done; its own changes are in force.

    Returns:
        `experiment` with learning rate, penalties and dropout as they are then, and of its changes
        those only that have been made.
    """
    changes = experiment.training.changes or ()
    made = tuple(change for change in changes if change.step <= step)
    if len(made) == len(changes) == 0:
        return experiment
    for change in made:
        experiment = _with(experiment, change)
    training = experiment.training.model_copy(update={"changes": made or None})
    return experiment.model_copy(update={"training": training})


def changes_before(epoch: int, step: int, steps_per_epoch: int) -> int:
    """The last step whose changes are in force when a training is taken up at `step` of `epoch`.

    Where all steps of the epoch are done, its validation is still to come, without those that are
    made at the next epoch's beginning.
    """
    return epoch * steps_per_epoch + min(step, steps_per_epoch - 1)


def with_changes(experiment: Experiment, changes: Iterable[Change]) -> Experiment:
    """The experiment with more changes, in the order of their steps.

    Raises:
        InvalidExperiment: there are too many.
    """
    data = experiment.model_dump(mode="json")
    before = experiment.training.changes or ()
    data["training"]["changes"] = [c.model_dump(mode="json") for c in (*before, *changes)]
    return parse_experiment(data)


def _with(experiment: Experiment, change: Change) -> Experiment:
    training = experiment.training
    if change.field == "dropout":
        layers = tuple(
            layer.model_copy(update={"rate": change.value}) if isinstance(layer, Dropout) else layer
            for layer in experiment.layers
        )
        return experiment.model_copy(update={"layers": layers})
    update: dict[str, Any] = {}
    if change.field in ("l1", "l2"):
        update[change.field] = change.value
    elif change.field == "learning_rate":
        rate = {"learning_rate": change.value}
        update["optimizer"] = training.optimizer.model_copy(update=rate)
    return experiment.model_copy(update={"training": training.model_copy(update=update)})
