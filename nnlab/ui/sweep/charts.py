"""A sweep's charts."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from nnlab.experiment import Dataset
from nnlab.figures.sweep import (
    Range,
    TrialPoint,
    objective_by_setting,
    objective_by_trial,
    trial_curves,
)
from nnlab.sweep import Axis, Ended, Sweep, axis_label, best_trial, planned, shown, trials_in_all
from nnlab.ui.live_chart import live_chart
from nnlab.ui.wording import percent
from nnlab.work.sweep_trials import TrialNow, trials_of

_PLACES = 12  # as many values have room below half a page
_WORDS = {"val_accuracy": "accuracy", "val_mean_absolute_error": "error", "val_loss": "loss"}
_LOG_FROM = 50  # how many times the smallest of more values the largest must be


def objective_label(dataset: Dataset, objective: str) -> str:
    """What trials are told apart by: `Test accuracy` where the test images are watched."""
    return f"{dataset.validation_name} {_WORDS[objective]}"


def label_of(sweep: Sweep) -> str:
    """The same of a sweep."""
    return objective_label(sweep.experiment.dataset, sweep.objective)


def charts(sweep: Sweep, now: Sequence[TrialNow]) -> None:
    """Trial by trial, epoch by epoch, and over each setting that varies."""
    with_figure = [each for each in now if each.trial.figures]
    points = _points(sweep, with_figure)
    label, higher = label_of(sweep), sweep.higher_is_better
    plan = planned(sweep)
    trials = trials_in_all(sweep)
    left, right = st.columns(2)
    with left:
        alt = f"{label} of {len(points)} trials, with the best so far"
        live_chart(objective_by_trial(points, label, higher, trials), "sweep-trials", alt)
    with right:
        asked = [each.run.experiment.training.epochs for each in now if each.run]
        epochs = max(asked, default=1)
        alt = f"{label} of each trial at the end of each epoch"
        live_chart(trial_curves(points, label, epochs), "sweep-curves", alt)
    columns = st.columns(2)
    for number, axis in enumerate(sweep.axes):
        name = axis_label(axis.path)
        values: list[Any] = [each.kept.chosen.get(axis.path) for each in with_figure]
        places = _places(axis, plan)
        across = values if isinstance(places, Range) else [shown(value) for value in values]
        figure = objective_by_setting(points, across, name, label, places)
        with columns[number % 2]:
            live_chart(figure, f"sweep-axis-{number}", f"{label} of each trial by {name}")


def _places(axis: Axis, plan: Sequence[Mapping[str, Any]] | None) -> list[str] | Range:
    """Where the values of a setting stand: a list's side by side, numbers by size."""
    if axis.low is not None and axis.high is not None:
        return Range(axis.low, axis.high, axis.log)
    planned_too = [chosen[axis.path] for chosen in plan or ()]  # the experiment's own may be none
    values = list(dict.fromkeys([*planned_too, *(axis.values or ())]))
    numeric = all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in values)
    if numeric and len(values) > _PLACES:
        low, high = min(values), max(values)
        return Range(low, high, low > 0 and high >= _LOG_FROM * low)
    return list(dict.fromkeys(shown(v) for v in (sorted(values) if numeric else values)))


def _points(sweep: Sweep, now: Sequence[TrialNow]) -> list[TrialPoint]:
    best = best_trial(sweep, trials_of(now))
    return [
        TrialPoint(
            number=each.kept.number + 1,
            name=settings_words(sweep, each),
            value=each.trial.best(sweep.higher_is_better) or 0.0,
            curve=sorted(each.trial.figures.items()),
            pruned=each.trial.ended == Ended.PRUNED,
            best=best is not None and each.kept.number == best.number,
        )
        for each in now
    ]


def settings_words(sweep: Sweep, each: TrialNow) -> str:
    """The settings of a trial in a line."""
    chosen = each.kept.chosen
    return ", ".join(
        f"{axis_label(axis.path)} {shown(chosen.get(axis.path))}" for axis in sweep.axes
    )


def figure_words(sweep: Sweep, value: float | None) -> str:
    """An accuracy in per cent, an error or a loss with four digits."""
    if value is None:
        return "–"
    return percent(value, 2) if sweep.objective == "val_accuracy" else f"{value:.4f}"
