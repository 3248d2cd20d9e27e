"""What a training makes small: the losses by Keras's names, and the outputs that suit each."""

from typing import Literal

from nnlab.experiment.experiment import Experiment
from nnlab.experiment.problems import Problem

# What the examples are labelled with: classes, or a number each.
Task = Literal["classification", "regression"]

# The first of each is what `training.loss` None means. For each, the outputs that it can be
# computed from, and why no other.
LOSSES: dict[Task, dict[str, tuple[str, ...]]] = {
    "classification": {
        "sparse_categorical_crossentropy": ("softmax", "linear"),
        "categorical_focal_crossentropy": ("softmax", "linear"),
        "mean_squared_error": ("softmax",),
        "categorical_hinge": ("linear",),
    },
    "regression": {
        "mean_squared_error": ("linear", "tanh"),
        "mean_absolute_error": ("linear", "tanh"),
        "huber": ("linear", "tanh"),
    },
}
OUTPUTS: dict[Task, tuple[str, ...]] = {
    "classification": ("softmax", "linear"),
    "regression": ("linear", "tanh"),
}
_LABELLED = {"classification": "has classes", "regression": "has a number for each point"}
_REASONS = {
    "mean_squared_error": "it compares probabilities with 0 and 1",
    "categorical_hinge": "it compares logits, which may be of any size",
}


def loss_of(experiment: Experiment, task: Task) -> str:
    """The loss that an experiment trains with, by Keras's name."""
    return experiment.training.loss or next(iter(LOSSES[task]))


def loss_problems(experiment: Experiment, task: Task) -> list[Problem]:
    """An output or a loss that does not suit the data set or the other; empty if all is well."""
    output, suitable = experiment.output.activation, OUTPUTS[task]
    problems = []
    if output not in suitable:
        message = f"should be {' or '.join(suitable)}, because the data set {_LABELLED[task]}"
        problems.append(Problem("output.activation", f"{message} (got {output})"))
    loss = loss_of(experiment, task)
    if loss not in LOSSES[task]:
        allowed = ", ".join(LOSSES[task])
        message = f"should be one of {allowed}, because the data set {_LABELLED[task]} (got {loss})"
        problems.append(Problem("training.loss", message))
    elif output in suitable and output not in LOSSES[task][loss]:
        (needed,) = LOSSES[task][loss]
        message = f"{loss} needs output.activation {needed}: {_REASONS[loss]} (got {output})"
        problems.append(Problem("training.loss", message))
    return problems
