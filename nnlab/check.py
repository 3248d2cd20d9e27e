"""The one place where an experiment from outside is found fit to train, or not."""

from typing import Any

from nnlab.architecture import Architecture, LayerSummary, summarize
from nnlab.datasets import UnknownDataset, info_of, sizes
from nnlab.experiment import (
    Change,
    Constant,
    Dataset,
    Dropout,
    Experiment,
    InvalidExperiment,
    Problem,
    batches,
    loss_problems,
    parse_experiment,
)


def describe(experiment: Experiment) -> Architecture:
    """Shapes, parameters and problems of the network on its data set.

    Raises:
        InvalidExperiment: the data set is not known.
    """
    try:
        dataset = info_of(experiment.dataset)
    except UnknownDataset as error:
        raise InvalidExperiment([Problem("dataset.name", str(error))]) from None
    n_images = training_images(experiment.dataset)
    return summarize(experiment, dataset.input_shape, dataset.outputs, n_images)


def check(experiment: Experiment) -> Architecture:
    """The architecture of an experiment that can be trained.

    Raises:
        InvalidExperiment: an unknown data set, a split that leaves too little, or layers that
            do not fit each other or the images.
    """
    architecture = describe(experiment)
    problems = list(architecture.problems)
    problems += loss_problems(experiment, info_of(experiment.dataset).task)
    problems += _early_stopping_problems(experiment)
    problems += _change_problems(experiment, architecture)
    try:
        sizes(experiment.dataset)
    except InvalidExperiment as error:
        problems += error.problems
    if problems:
        raise InvalidExperiment(problems)
    return architecture


def training_images(dataset: Dataset) -> int | None:
    """How many images are learned from, None where the set cannot be divided so."""
    try:
        return sizes(dataset)[0]
    except InvalidExperiment:  # told by `check`
        return None


def load_experiment(data: Any) -> Experiment:
    """Parse a mapping and check the result.

    Raises:
        InvalidExperiment: with every problem found.
    """
    experiment = parse_experiment(data)
    check(experiment)
    return experiment


def _early_stopping_problems(experiment: Experiment) -> list[Problem]:
    early, described = experiment.training.early_stopping, info_of(experiment.dataset)
    if early is None:
        return []
    if experiment.dataset.validation == "none":
        message = "needs validation images; set dataset.validation to holdout or test"
        return [Problem("training.early_stopping", described.words(message))]
    if early.monitor == "val_accuracy" and described.regression:
        message = "should be val_loss: a number is learned, and accuracy has no meaning for that"
        return [Problem("training.early_stopping.monitor", message)]
    return []


def _change_problems(experiment: Experiment, architecture: Architecture) -> list[Problem]:
    """What of the changes can never be made."""
    problems = []
    n_images = training_images(experiment.dataset)
    steps = batches(experiment.training, n_images).steps if n_images else None
    for number, change in enumerate(experiment.training.changes or ()):
        path = f"training.changes.{number}"
        if steps is not None and change.step >= steps:
            text = f"must be from 0 to {steps - 1:,}, the steps of this training"
            problems.append(Problem(f"{path}.step", f"{text} (got {change.step:,})"))
        problems += _setting_problems(change, experiment, path)
        if change.field == "weight":
            problems += _weight_problems(change, architecture.layers, path)
    return problems


def _setting_problems(change: Change, experiment: Experiment, path: str) -> list[Problem]:
    schedule = experiment.training.schedule
    if change.field == "learning_rate" and not isinstance(schedule, Constant):
        text = "the learning rate follows its schedule; set training.schedule to Constant"
        return [Problem(f"{path}.field", text)]
    layers = experiment.layers
    if change.field == "dropout" and not any(isinstance(layer, Dropout) for layer in layers):
        return [Problem(f"{path}.field", "dropout needs a Dropout layer; the network has none")]
    return []


def _weight_problems(change: Change, layers: tuple[LayerSummary, ...], path: str) -> list[Problem]:
    """One problem at most: the layer, the unit or the input that is not there."""
    dense = [i for i, layer in enumerate(layers) if layer.type in ("Dense", "Output")]
    if change.layer not in dense:
        allowed = ", ".join(map(str, dense))
        text = f"must be one of {allowed}: a Dense layer or the output, counted from 0"
        return [Problem(f"{path}.layer", f"{text} (got {change.layer})")]
    layer = layers[change.layer]
    if layer.output_shape is None or layer.input_shape is None:
        return []  # told as a problem of the layer
    for field, count in (("unit", layer.output_shape[-1]), ("input", layer.input_shape[-1])):
        value = getattr(change, field)
        if value is not None and value >= count:
            text = f"must be from 0 to {count - 1:,} in layer {change.layer} (got {value:,})"
            return [Problem(f"{path}.{field}", text)]
    return []
