"""The rules on runs that learn numbers, or classes by another loss, made by hand."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from diagnosed import (
    TARGETS,
    WAVES,
    answers,
    case,
    change,
    found,
    instant,
    number_case,
    number_instant,
    predictions,
)
from sklearn.metrics import r2_score

from nnlab.analysis.diagnosis import (
    ONLY_CLASSES,
    RULES,
    Case,
    Clear,
    Finding,
    LossChart,
    Severity,
    Unknown,
    dead_units,
    diagnose,
    examine,
    guessing,
    learning_rate_high,
    learning_rate_low,
    overfitting,
    start_weights,
    too_short,
)
from nnlab.analysis.diagnosis.facts import Targets
from nnlab.analysis.diagnosis.wording import signed
from nnlab.analysis.numbers import r2_interval
from nnlab.experiment import with_settings
from nnlab.runs.records import Point
from nnlab.runs.states import RunState

LEARNS = (0.2, 0.08, 0.05, 0.035, 0.03, 0.028, 0.027, 0.027, 0.026, 0.026)
RATE = "training.optimizer.learning_rate"


def test_a_healthy_run_on_numbers_has_all_rules_that_suit_it_and_no_word_of_classes() -> None:
    said = examine(number_case(LEARNS, LEARNS))
    assert {outcome.rule for outcome in said} == set(RULES) - ONLY_CLASSES
    assert all(isinstance(outcome, Clear) for outcome in said), said
    assert re.findall(r"accurac|class|image|probabilit", repr(said), re.IGNORECASE) == []


@pytest.mark.parametrize("state", list(RunState))
def test_a_run_on_numbers_of_which_nothing_is_known(state: RunState) -> None:
    nothing = Case(WAVES, state, (400, 100, 100), (), targets=Targets(TARGETS, TARGETS))
    assert nothing.start_loss == pytest.approx(1 / 3, rel=1e-2)
    found_of = [outcome.rule for outcome in diagnose(nothing)]
    assert found_of == (["Divergence"] if state == RunState.DIVERGED else [])


# --- no better than guessing ------------------------------------------------------------------


@pytest.mark.parametrize(("noise", "sees"), [(0.3, False), (0.6, True), (3.0, True)])
def test_no_better_than_the_mean(noise: float, sees: bool) -> None:
    seen = predictions(noise)
    r2 = r2_score(seen.targets, seen.predicted)
    low, high = r2_interval(seen.predicted, seen.targets)
    assert (low <= 0) == sees
    outcome = guessing.examine(number_case(LEARNS, LEARNS, predictions=seen))
    assert isinstance(outcome, Finding) == sees
    if sees:
        finding = found(outcome)
        assert f"R² is {signed(r2)} on the test points" in finding.statement
        assert ("95 % interval (bootstrap)", f"{signed(low)} to {signed(high)}") in (
            finding.evidence.figures
        )
        chart = finding.evidence.chart
        assert isinstance(chart, LossChart)
        assert chart.guessing == pytest.approx(np.var(TARGETS, dtype=float))


def test_above_the_mean_but_perhaps_by_chance_is_said_so() -> None:
    seen = predictions(0.6)
    low, high = r2_interval(seen.predicted, seen.targets)
    r2 = r2_score(seen.targets, seen.predicted)
    assert low <= 0 < r2
    finding = found(guessing.examine(number_case(LEARNS, LEARNS, predictions=seen)))
    assert finding.severity == Severity.WARNING
    assert finding.statement == (
        f"With 100 test points it cannot be told from guessing: R² is {signed(r2)} on the test"
        f" points, 95 % interval {signed(low)} to {signed(high)}, where saying the mean always"
        " has 0."
    )
    worse = found(guessing.examine(number_case(LEARNS, LEARNS, predictions=predictions(3.0))))
    assert worse.severity == Severity.PROBLEM
    assert worse.statement.startswith("It does no better than guessing: R² is −")


def test_r2_that_cannot_be_told() -> None:
    broken = replace(predictions(0.1), predicted=np.full(100, np.nan, np.float32))
    assert isinstance(guessing.examine(number_case(LEARNS, LEARNS, predictions=broken)), Unknown)
    assert isinstance(guessing.examine(number_case(LEARNS, LEARNS, predictions=None)), Unknown)


# --- learning rate ----------------------------------------------------------------------------


def test_single_epochs_on_points_may_jump_and_three_in_a_row_may_not() -> None:
    once = (0.2, 0.1, 0.08, 0.06, 0.05, 0.09, 0.05, 0.04, 0.04)
    assert isinstance(learning_rate_high.examine(number_case(once, once)), Clear)
    rises = (0.2, 0.1, 0.08, 0.06, 0.05, 0.1, 0.12, 0.12, 0.12)
    finding = found(learning_rate_high.examine(number_case(rises, rises)))
    assert "rose from 0.063 in epoch 4 to 0.12 in epoch 8" in finding.statement
    assert finding.evidence.chart == LossChart(8.0, "risen")
    assert ("training loss (means of 3 epochs)", "0.0633 → 0.1200") in finding.evidence.figures


@pytest.mark.parametrize("rate", [1e-4, 0.01])
def test_a_loss_that_creeps_after_a_start_far_above_guessing(rate: float) -> None:
    """Most of it is gone at once, and that was not learned. A usual rate is not to blame."""
    losses = (3.0, 1.5, 0.7, 0.42, 0.36, 0.34, 0.325, 0.31, 0.3, 0.29, 0.28, 0.27)
    far = (number_instant(0.0, 4.0, 1.6), number_instant(12.0, 0.27, 0.4))
    creeps = number_case(losses, losses, {RATE: rate}, instants=far)
    outcome = learning_rate_low.examine(creeps)
    assert isinstance(outcome, Finding) == (rate < 0.001)
    if rate < 0.001:
        assert "after 12 epochs the loss is still 0.27, from 4.00" in found(outcome).statement
        assert change(found(outcome), creeps) == "learning rate 0.001 instead of 0.0001"


def test_a_loss_that_can_fall_no_further_does_not_creep() -> None:
    losses = (3.0, 1.5, 0.7, 0.4, 0.3, 0.29, 0.289, 0.288, 0.288, 0.287, 0.287, 0.287)
    flat = number_case(losses, losses, {RATE: 1e-4}, instants=(number_instant(0.0, 4.0, 1.6),))
    assert isinstance(learning_rate_low.examine(flat), Clear)


# --- overfitting ------------------------------------------------------------------------------

FALLING = tuple(0.2 * 0.8**n for n in range(12))


def test_overfitting_since_the_lowest_mean_of_three_epochs() -> None:
    test = (0.2, 0.17, 0.14, 0.12, 0.1, 0.11, 0.12, 0.13, 0.14, 0.15, 0.16, 0.17)
    finding = found(overfitting.examine(number_case(FALLING, test)))
    assert "since epoch 5: the test loss rose from 0.110 to 0.160" in finding.statement
    assert ("generalisation loss (Prechelt)", "36 %") in finding.evidence.figures  # 0.15 / 0.11


def test_one_lucky_epoch_is_no_lowest_loss() -> None:
    test = (0.2, 0.17, 0.12, 0.1, 0.04, 0.08, 0.08, 0.08, 0.08, 0.08, 0.08, 0.08)
    assert isinstance(overfitting.examine(number_case(FALLING, test)), Clear)


def test_numbers_known_by_heart() -> None:
    """R² 0.95 of what is learned from, 0.7 of the rest; then 0.85."""
    apart = number_case(FALLING[:3] + (0.05 / 3,) * 3, (0.2, 0.15, 0.1, 0.1, 0.1, 0.1))
    finding = found(overfitting.examine(apart))
    assert finding.statement == (
        "It knows its training points by heart: a loss of 0.017 on them, but 0.10 on the test"
        " points."
    )
    assert change(finding, apart) == "number of points 2000 instead of 500"
    near = number_case(FALLING[:3] + (0.05 / 3,) * 3, (0.2, 0.15, 0.1, 0.05, 0.05, 0.05))
    assert isinstance(overfitting.examine(near), Clear)


def test_what_is_known_by_heart_and_useless_elsewhere_names_the_cause() -> None:
    losses = (0.2, 0.1, 0.05, 0.02, 0.01, 0.005)
    ill = number_case(losses, (0.34,) * 6, predictions=predictions(3.0))
    cause, effect = diagnose(ill)
    assert (cause.rule, cause.severity) == (overfitting.RULE, Severity.PROBLEM)
    assert effect.rule == guessing.RULE
    assert "named above" in effect.remedy.words


# --- how it began and ended -------------------------------------------------------------------


@pytest.mark.parametrize(("off", "sees"), [(7.0, False), (60.0, True)])
def test_start_weights_are_judged_by_how_far_off_numbers_are(off: float, sees: bool) -> None:
    """Guessing is 0.5 off."""
    ill = number_case(LEARNS, LEARNS, instants=(number_instant(0.0, off**2, off),))
    outcome = start_weights.examine(ill)
    assert isinstance(outcome, Finding) == sees
    if sees:
        told = "answers that are 60.00 off before the first step, where guessing has 0.50"
        assert told in found(outcome).statement


def test_too_few_epochs_for_numbers() -> None:
    improving = (0.3, 0.25, 0.2, 0.16, 0.13, 0.1)
    finding = found(too_short.examine(number_case(improving, improving)))
    assert "the test loss fell from 0.20 to 0.10 in the second half" in finding.statement
    assert not any("accuracy" in name for name, _ in finding.evidence.figures)
    assert isinstance(too_short.examine(number_case(LEARNS, LEARNS)), Clear)


def test_dead_units_of_a_network_that_learned_are_worth_a_note() -> None:
    from diagnosed import layer

    half = replace(
        number_instant(10.0, 0.02, 0.1), layers=(layer("dense_0", dead=0.5), layer("output"))
    )
    dead = found(dead_units.examine(number_case(LEARNS, LEARNS, instants=(half,))))
    assert dead.severity == Severity.NOTE
    high = (0.33,) * 10
    dead = found(dead_units.examine(number_case(high, high, instants=(half,))))
    assert dead.severity == Severity.WARNING


# --- a loss that probabilities do not tell ----------------------------------------------------


def hinge(**other) -> Case:
    """No moment has a loss."""
    changes = {"training.loss": "categorical_hinge", "output.activation": "linear"}
    seen = tuple(instant(float(n), math.nan, accuracy=0.8) for n in range(7))
    return case((0.9, 0.4, 0.3, 0.25, 0.22, 0.2), None, changes, instants=seen, **other)


def test_hinge_is_judged_by_points_and_epochs() -> None:
    healthy = hinge()
    assert healthy.guessing_loss == 1.0
    assert healthy.start_loss == 2.3
    outcomes = {outcome.rule: outcome for outcome in examine(healthy)}
    assert outcomes.keys() == RULES.keys()
    assert not [outcome for outcome in outcomes.values() if isinstance(outcome, Finding)][1:]
    assert isinstance(outcomes[start_weights.RULE], Unknown)


def test_hinge_without_validation_has_a_gap_of_accuracies() -> None:
    finding = found(overfitting.examine(hinge()))
    assert "92.0 % of them right, but only 80.0 % of the test images" in finding.statement


@pytest.mark.parametrize(
    ("loss", "healthy", "large"),
    [("categorical_focal_crossentropy", 0.6, 3.3), ("mean_squared_error", 0.1, 0.17)],
)
def test_start_weights_by_the_limit_of_each_loss(loss: str, healthy: float, large: float) -> None:
    def begun(value: float) -> Case:
        return case(changes={"training.loss": loss}, instants=(instant(0.0, value),))

    assert isinstance(start_weights.examine(begun(healthy)), Clear)
    assert isinstance(start_weights.examine(begun(large)), Finding)


def test_more_points_are_the_remedy_where_points_are_made() -> None:
    moons = with_settings(WAVES, {"dataset.name": "moons", "output.activation": "softmax"})
    most = with_settings(moons, {"dataset.points": {"count": 4000}})
    assert overfitting_remedy(moons) == "number of points 2000 instead of 500"
    assert overfitting_remedy(most) == "number of points 5000 instead of 4000"
    all_of_them = with_settings(moons, {"dataset.points": {"count": 5000}})
    assert "dropout" in overfitting_remedy(all_of_them).lower()


def overfitting_remedy(experiment) -> str:
    ill = case(experiment=experiment, class_names=("A", "B"), answers=answers())
    epochs = tuple(replace(record, accuracy=1.0, val_accuracy=0.5) for record in ill.epochs)
    ill = replace(ill, epochs=epochs)
    return change(found(overfitting.examine(ill)), ill)


def test_a_share_of_guessing_is_that_of_each_part_by_its_own_true_numbers() -> None:
    """Twice as spread, the others are four times as far off by guessing."""
    losses = (0.05,) * 6
    targets = Targets(TARGETS, 2 * TARGETS)
    apart = number_case(losses, (0.2,) * 6, targets=targets)
    assert apart.guessing_held_out == pytest.approx(4 * apart.guessing_loss)
    assert isinstance(overfitting.examine(apart), Clear)
    same = number_case(losses, (0.2,) * 6)
    assert isinstance(overfitting.examine(same), Finding)


def test_true_numbers_that_are_all_the_same_are_no_error() -> None:
    same = Targets(np.ones(400, np.float32), np.ones(1, np.float32))
    alike = number_case(LEARNS, LEARNS, targets=same, predictions=None, points=(), instants=())
    assert alike.start_loss == 0
    assert diagnose(alike) == []
    begun = number_case(LEARNS, LEARNS, targets=same)
    assert isinstance(start_weights.examine(begun), Unknown)


def test_a_mean_over_few_points_is_high_by_chance() -> None:
    def peak(loss: float) -> Case:
        shot = (Point(1, 0.0, 0.6, None, 0.0), Point(3, 0.1, loss, None, 0.0))
        return number_case(LEARNS, LEARNS, {"training.batch_size": 10}, points=shot)

    assert isinstance(learning_rate_high.examine(peak(1.3)), Clear)
    assert "shot up" in found(learning_rate_high.examine(peak(1.6))).statement
