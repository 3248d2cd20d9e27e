"""Course C's effects, by hand; and that every ready sweep can be trained."""

import statistics

import numpy as np
import pytest

from nnlab.check import check
from nnlab.figures.sweep import (
    Range,
    TrialPoint,
    objective_by_setting,
    objective_by_trial,
    trial_curves,
)
from nnlab.recipes import RECIPES
from nnlab.sweep import check_sweep, experiment_of, planned
from nnlab.sweep.effects import Effect, Measured, effects
from nnlab.sweep.ready import EXERCISES_OF_C, READY

SWEEP = READY[EXERCISES_OF_C].sweep


@pytest.mark.parametrize("name", list(READY))
def test_a_ready_sweep_can_be_trained(name):
    for experiment, _ in check_sweep(READY[name].sweep):
        check(experiment)


def test_the_exercises_are_the_recipes():
    """Each change gives the network of the recipe that has its figure."""
    made = {(tuple(e.layers), e.training) for e, _ in check_sweep(SWEEP) if e.training.seed == 0}
    recipes = [r for n, r in RECIPES.items() if n.startswith("c-") and n != "c-listed-optimizer"]
    assert made == {(tuple(r.experiment.layers), r.experiment.training) for r in recipes}


def test_effects_by_hand():
    plan = planned(SWEEP) or []
    assert len(plan) == 11
    seeds = [0.89, 0.892, 0.888, 0.891, 0.889]
    figures = [seeds[0], 0.83, 0.86, 0.90, 0.88, 0.89, 0.891, *seeds[1:]]
    measured = [
        Measured(chosen, figure, figure - 0.02)
        for chosen, figure in zip(plan, figures, strict=True)
    ]
    rows = {(row.title, row.metric): row for row in effects(measured)}
    epoch = rows["One epoch instead of five", "accuracy"]
    assert epoch.change == pytest.approx(0.83 - statistics.fmean(seeds))
    assert epoch.published_change == pytest.approx(0.826 - 0.89)
    assert epoch.noise == pytest.approx(statistics.stdev(seeds))
    assert epoch.beyond_chance
    assert rows["512 units instead of 128", "accuracy"].published_change == pytest.approx(0.0054)
    layer = rows["One more layer, 158 units", "test_accuracy"]
    assert layer.ours == (pytest.approx(0.87), pytest.approx(0.87))
    assert layer.beyond_chance is False
    assert all(row.ours is None for row in effects(measured[1:2]))


def test_beyond_chance_is_wrong_as_often_as_it_says():
    """Of changes that do nothing, 5 in 100 are said to be more than chance."""
    drawn = np.random.default_rng(0).normal(0.87, 0.003, (4000, 6))
    said = [
        Effect("", "accuracy", (0, 0), (a[:5].mean(), a[5]), a[:5].std(ddof=1), 5).beyond_chance
        for a in drawn
    ]
    assert np.mean(said) == pytest.approx(0.05, abs=0.012)  # 3.5 standard errors


def test_a_trials_name_tells_its_settings():
    made = experiment_of(SWEEP.experiment, {"layers.1.units": 10})
    assert made.name == f"{SWEEP.experiment.name}: Layer 2 units 10"
    long = SWEEP.experiment.model_copy(update={"name": "x" * 80})
    assert experiment_of(long, {"training.epochs": 3}).name == "x" * 70 + ": Epochs 3"


def test_figures():
    points = [
        TrialPoint(1, "a", 0.8, [(1, 0.7), (2, 0.8)], False, False),
        TrialPoint(2, "b", 0.6, [(1, 0.6)], True, False),
        TrialPoint(3, "c", 0.9, [(1, 0.9)], False, True),
    ]
    by_trial = objective_by_trial(points, "Validation accuracy", True, 5)
    assert by_trial["data"][0]["y"] == [0.8, 0.8, 0.9]
    assert objective_by_trial(points, "Loss", False, 5)["data"][0]["y"] == [0.8, 0.6, 0.6]
    assert [t["x"] for t in by_trial["data"][1:]] == [[1], [2], [3]]
    assert [t["name"] for t in by_trial["data"][1:]] == ["trial", "pruned", "best"]
    wide = objective_by_setting(points, [10, 32, 512], "Units", "x", Range(10, 1000, True))
    assert wide["layout"]["xaxis"]["type"] == "log"
    low, high = wide["layout"]["xaxis"]["range"]
    assert 1 - low == pytest.approx(high - 3)
    assert 0.8 < low < 1
    even = objective_by_setting(points, [0.1, 0.2, 0.5], "Noise", "x", Range(0, 0.5, False))
    assert "type" not in even["layout"]["xaxis"]
    listed = objective_by_setting(points, ["10", "32", "10"], "Units", "x", ["10", "32", "64"])
    assert listed["layout"]["xaxis"]["categoryarray"] == ["10", "32", "64"]
    assert listed["layout"]["xaxis"]["range"] == [-0.5, 2.5]
    assert [t["y"] for t in trial_curves(points, "x", 2)["data"]] == [[0.7, 0.8], [0.6], [0.9]]


@pytest.mark.parametrize("values", [[0.8737], [0.8737, 0.8738], [0.2, 2.5], [0.0]])
def test_axes_are_around_the_values_also_of_one_trial(values):
    points = [TrialPoint(n, "a", v, [(1, v)], False, False) for n, v in enumerate(values, 1)]
    for figure in (objective_by_trial(points, "x", True, 5), trial_curves(points, "x", 1)):
        low, high = figure["layout"]["yaxis"]["range"]
        assert low <= min(values) <= max(values) <= high
        assert high - low <= max(1.2 * (max(values) - min(values)), 0.03 * max(values))


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0.1035, 0.1042, 0.1045], ".2%"),
        ([0.868, 0.873], ".1%"),
        ([0.2, 0.95], ".0%"),
        ([0.8737], ".1%"),
        ([0.0], ".0%"),
    ],
)
def test_accuracies_stand_in_per_cent_with_digits_that_tell_their_ticks_apart(values, ticks):
    points = [TrialPoint(n, "a", v, [(1, v)], False, False) for n, v in enumerate(values, 1)]
    for figure in (
        objective_by_trial(points, "Validation accuracy", True, 5),
        objective_by_setting(points, ["10"] * len(values), "Units", "Test accuracy", ["10"]),
        trial_curves(points, "Validation accuracy", 1),
    ):
        assert figure["layout"]["yaxis"]["tickformat"] == ticks
        assert "%{y:.2%}" in figure["data"][-1]["hovertemplate"]
    losses = objective_by_trial(points, "Validation loss", False, 5)
    assert "tickformat" not in losses["layout"]["yaxis"]
    assert "%{y:.4f}" in losses["data"][-1]["hovertemplate"]
    assert losses["layout"]["yaxis"]["automargin"]  # 0.1045 leaves its name no room in 60 pixels


def test_curves_of_many_epochs_are_thinned_and_keep_their_peak():
    curve = [(epoch, 0.9 if epoch == 1234 else 0.5) for epoch in range(1, 2001)]
    (trace,) = trial_curves([TrialPoint(1, "a", 0.9, curve, False, True)], "x", 2000)["data"]
    assert len(trace["x"]) <= 150
    assert (1234, 0.9) in zip(trace["x"], trace["y"], strict=True)
