"""The one place where an experiment from outside is found fit to train, or not."""

from typing import Any

from nnlab.architecture import Architecture, summarize
from nnlab.datasets import UnknownDataset, info_of, sizes
from nnlab.experiment import (
    Dataset,
    Experiment,
    InvalidExperiment,
    Problem,
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
    early = experiment.training.early_stopping
    if early is None:
        return []
    if experiment.dataset.validation == "none":
        message = "needs validation images; set dataset.validation to holdout or test"
        return [Problem("training.early_stopping", message)]
    if early.monitor == "val_accuracy" and info_of(experiment.dataset).regression:
        message = "should be val_loss: a number is learned, and accuracy has no meaning for that"
        return [Problem("training.early_stopping.monitor", message)]
    return []
