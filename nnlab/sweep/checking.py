"""The one place where a sweep from a page is found fit to run, or not."""

from collections.abc import Iterator, Sequence
from math import prod
from typing import Any

from nnlab.architecture import Architecture
from nnlab.check import check
from nnlab.experiment import Experiment, InvalidExperiment, Problem
from nnlab.sweep.applied import experiment_of
from nnlab.sweep.axis import Axis
from nnlab.sweep.naming import field_label, in_words
from nnlab.sweep.paths import path_problem
from nnlab.sweep.proposing import planned
from nnlab.sweep.settings import MOST_TRIALS, Sweep, objectives, refused


def check_sweep(sweep: Sweep) -> list[tuple[Experiment, Architecture]]:
    """Find that a sweep can run, and that its trials can be trained.

    Settings that are drawn from ranges are tried at the ends of each range.

    Returns:
        The experiments that were found fit: all of a planned sweep, samples of a drawn one.
        Each with its architecture.

    Raises:
        InvalidExperiment: with the setting, as a form calls it, and what is allowed.
    """
    try:
        return _checked(sweep)
    except InvalidExperiment as error:
        raise in_words(error) from None


def _checked(sweep: Sweep) -> list[tuple[Experiment, Architecture]]:
    _check_axes(sweep)
    if sweep.experiment.dataset.validation == "none":
        text = "trials are told apart by validation images; choose holdout or test on Train"
        raise refused("dataset.validation", text)
    _check_size(sweep)
    made = (experiment_of(sweep.experiment, chosen) for chosen in _samples(sweep))
    checked = [(experiment, _architecture(experiment)) for experiment in made]
    _check_objective(sweep, [experiment for experiment, _ in checked])
    return checked


def _check_objective(sweep: Sweep, experiments: Sequence[Experiment]) -> None:
    """Each trial must have the figure: a data set that varies may bring classes or numbers."""
    for experiment in experiments:
        if sweep.objective not in objectives(experiment):
            missing = sweep.objective.removeprefix("val_").replace("_", " ")
            raise refused("Judged by", f"{experiment.name} has no {missing}; choose the loss")


def _architecture(experiment: Experiment) -> Architecture:
    try:
        return check(experiment)
    except InvalidExperiment as error:
        named = [
            Problem(f"{experiment.name} · {field_label(problem.field)}", problem.message)
            for problem in error.problems
        ]
        raise InvalidExperiment(named) from None


def _check_axes(sweep: Sweep) -> None:
    if not sweep.axes:
        raise refused("What varies", "choose at least one setting that varies")
    paths = [axis.path for axis in sweep.axes]
    twice = next((path for path in paths if paths.count(path) > 1), None)
    if twice:
        raise refused(field_label(twice), "varies twice; take one of the two away")
    found = [path_problem(sweep.experiment, path) for path in paths]
    problems = [problem for problem in found if problem is not None]
    if problems:
        raise InvalidExperiment(problems)
    _check_ranges(sweep)


def _check_ranges(sweep: Sweep) -> None:
    if sweep.strategy not in ("grid", "one at a time"):
        return
    for axis in sweep.axes:
        if axis.values is None:
            text = f"a {sweep.strategy} sweep needs a list such as 32, 64, 128; ranges are for "
            raise refused(field_label(axis.path), text + "random and guided sweeps")


def _check_size(sweep: Sweep) -> None:
    """A plan is carried out whole or not at all: half a grid compares nothing."""
    if sweep.strategy == "grid":
        size = prod(len(axis.values or ()) for axis in sweep.axes)
    elif sweep.strategy == "one at a time":
        size = len(planned(sweep) or ())
    else:
        return
    if size > sweep.trials:
        text = f"this sweep has {size:,} combinations, the budget is {sweep.trials}. Raise it "
        text += f"(at most {MOST_TRIALS}), take values away, or draw at random"
        raise refused("Trials at most", text)


def _samples(sweep: Sweep) -> Iterator[dict[str, Any]]:
    plan = planned(sweep)
    if plan is not None:
        yield from plan
        return
    first = {axis.path: _ends(axis)[0] for axis in sweep.axes}
    yield first
    for axis in sweep.axes:
        for value in _ends(axis)[1:]:
            yield first | {axis.path: value}


def _ends(axis: Axis) -> tuple[Any, ...]:
    if axis.values is not None:
        return axis.values
    cast = int if axis.whole else float
    return cast(axis.low or 0), cast(axis.high or 0)
