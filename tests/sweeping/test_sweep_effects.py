"""Course C's effects, by hand; and that every ready sweep can be trained."""

import statistics
from math import sqrt

import pytest

from nnlab.check import check
from nnlab.figures.sweep import TrialPoint, objective_by_setting, objective_by_trial, trial_curves
from nnlab.recipes import RECIPES
from nnlab.sweep import check_sweep, experiment_of, planned
from nnlab.sweep.effects import Measured, effects
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
    assert len(plan) == 9
    figures = [0.89, 0.83, 0.86, 0.90, 0.88, 0.89, 0.90, 0.892, 0.888]
    measured = [
        Measured(chosen, figure, figure - 0.02)
        for chosen, figure in zip(plan, figures, strict=True)
    ]
    rows = {(row.title, row.metric): row for row in effects(measured)}
    seeds = [0.89, 0.892, 0.888]
    epoch = rows["One epoch instead of five", "accuracy"]
    assert epoch.change == pytest.approx(0.83 - statistics.fmean(seeds))
    assert epoch.published_change == pytest.approx(0.826 - 0.89)
    assert epoch.noise == pytest.approx(statistics.stdev(seeds))
    assert epoch.beyond_chance
    wide = rows["512 units instead of 128", "accuracy"]
    assert wide.published_change == pytest.approx(0.8978 - 0.8924)
    assert wide.beyond_chance == (2 * statistics.stdev(seeds) * sqrt(4 / 3) < 0.01)
    layer = rows["One more layer, 158 units", "test_accuracy"]
    assert layer.ours == (pytest.approx(0.87), pytest.approx(0.87))
    assert layer.beyond_chance is False
    assert all(row.ours is None for row in effects(measured[1:2]))


def test_a_trials_name_tells_its_settings():
    made = experiment_of(SWEEP.experiment, {"layers.1.units": 10})
    assert made.name == f"{SWEEP.experiment.name}: Layer 2 units 10"


def test_figures():
    points = [
        TrialPoint(1, "a", 0.8, [(1, 0.7), (2, 0.8)], False, False),
        TrialPoint(2, "b", 0.6, [(1, 0.6)], True, False),
        TrialPoint(3, "c", 0.9, [(1, 0.9)], False, True),
    ]
    by_trial = objective_by_trial(points, "Validation accuracy", True, 5)
    assert by_trial["data"][0]["y"] == [0.8, 0.8, 0.9]
    assert objective_by_trial(points, "Loss", False, 5)["data"][0]["y"] == [0.8, 0.6, 0.6]
    assert [t["x"] for t in by_trial["data"][1:]] == [[1, 3], [2]]
    wide = objective_by_setting(points, [10, 32, 512], "Units", "x")
    assert wide["layout"]["xaxis"]["type"] == "log"
    words = objective_by_setting(points, ["SGD", "Adam", None], "Optimizer", "x")
    assert words["layout"]["xaxis"]["type"] == "category"
    assert [t["y"] for t in trial_curves(points, "x", 2)["data"]] == [[0.7, 0.8], [0.6], [0.9]]
