"""The rules of the diagnosis on runs made by hand: what each sees, and what it must not see."""

import math
import re

import numpy as np
import pytest
from diagnosed import CLASSES, DIGITS, answers, case, change, found, instant, layer, points, records
from scipy.stats import binomtest

from nnlab.analysis.diagnosis import (
    RULES,
    Case,
    Clear,
    Finding,
    LossChart,
    Severity,
    Unknown,
    dead_units,
    diagnose,
    diverged,
    examine,
    guessing,
    learning_rate_high,
    learning_rate_low,
    never_predicted,
    overfitting,
    start_weights,
    too_short,
    validation_size,
    vanishing,
)
from nnlab.analysis.diagnosis.facts import Answers, Series
from nnlab.analysis.diagnosis.remedies import faster, slower, usual_rate
from nnlab.datasets import sizes
from nnlab.experiment import SGD, Adagrad, Adam, with_settings
from nnlab.runs.states import RunState

RATE = "training.optimizer.learning_rate"


# --- all of them ------------------------------------------------------------------------------


def test_a_healthy_run_has_no_findings_and_every_rule_says_what_it_saw() -> None:
    outcomes = examine(case())
    assert {outcome.rule for outcome in outcomes} == set(RULES)
    assert all(isinstance(outcome, Clear) for outcome in outcomes), outcomes
    assert diagnose(case()) == []


@pytest.mark.parametrize("state", list(RunState))
def test_a_run_of_which_nothing_is_known(state: RunState) -> None:
    nothing = Case(DIGITS, state, (1293, 144, 360), CLASSES)
    said = [outcome.rule for outcome in examine(nothing) if not isinstance(outcome, Unknown)]
    assert said == ([diverged.RULE] if state == RunState.DIVERGED else [])


def test_what_a_run_on_points_has_is_called_points() -> None:
    on_points = with_settings(
        DIGITS, {"dataset.name": "rings", "dataset.train_size": 50, "layers": [{"type": "Dense"}]}
    )
    ill = case(
        experiment=on_points,
        images=(50, 40, 100),
        answers=answers(never=[2]),
        instants=(instant(0.0, 2.35), instant(6.0, 0.3, layer("dense_1", dead=0.5))),
    )
    told = repr([rule(ill) for rule in RULES.values()])
    for words in ("test points show that class", "0 for every point", "validation set of 40 points",
                  "one point more or less", "So few training points"):  # fmt: skip
        assert words in told
    assert re.findall(r"\bimages?\b", told) == []


def test_a_run_without_moments_says_so_and_all_else_works() -> None:
    outcomes = {outcome.rule: outcome for outcome in examine(case(instants=()))}
    for rule in (dead_units.RULE, vanishing.RULE, start_weights.RULE):
        assert isinstance(outcomes[rule], Unknown)
        assert "train it again" in outcomes[rule].words
    assert isinstance(outcomes[overfitting.RULE], Clear)


def test_one_epoch_is_too_few_for_some_rules_and_no_error() -> None:
    one = case((0.9,), (0.6,), instants=())
    unknown = {o.rule for o in examine(one) if isinstance(o, Unknown)}
    assert {overfitting.RULE, too_short.RULE, learning_rate_low.RULE} <= unknown
    assert diagnose(one) == []


def test_losses_that_are_not_numbers_are_no_validation() -> None:
    broken = case(validation=(0.6, math.nan, 0.4, math.nan, None, 0.4))
    assert broken.held_out == Series(
        "validation", (1, 3, 6), (0.6, 0.4, 0.4), (0.901, 0.903, 0.906)
    )
    never = case(validation=(math.nan,) * 6, instants=())
    assert isinstance(overfitting.examine(never), Unknown)
    unknown = case(points=points(math.nan, math.inf), instants=(instant(0.0, math.nan),))
    assert unknown.start_loss == pytest.approx(math.log(10))
    assert diagnose(unknown) == []


def test_answers_that_are_not_numbers_count_as_the_first_class() -> None:
    seen = Answers.of(np.full((20, 10), np.nan, np.float32), np.arange(20) % 10)
    assert seen.given.tolist() == [20] + [0] * 9
    assert seen.right.tolist() == [2] + [0] * 9


def test_the_heaviest_comes_first() -> None:
    ill = case(
        (2.3, 2.3, 2.3, 2.3), (2.3, 2.3, 2.3, 2.3),
        answers=answers(0.1), points=points(2.3, 30.0, 2.3),
        instants=(instant(0.0, 2.35), instant(4.0, 2.3, layer("dense_1", dead=1.0))),
    )  # fmt: skip
    rules = [finding.rule for finding in diagnose(ill)]
    assert rules == [learning_rate_high.RULE, dead_units.RULE, guessing.RULE]
    weights = [finding.severity for finding in diagnose(ill)]
    assert weights == sorted(weights, reverse=True)


def test_where_nothing_was_learned_the_cause_weighs_most_and_is_what_to_mend() -> None:
    slow = case((2.35, 2.34, 2.33), (2.35, 2.34, 2.33), {RATE: 1e-6}, answers=answers(0.1))
    cause, effect = diagnose(slow)
    assert (cause.rule, cause.severity) == (learning_rate_low.RULE, Severity.PROBLEM)
    assert effect.rule == guessing.RULE
    assert effect.remedy.experiment is None
    assert "named above" in effect.remedy.words


# --- diverged ---------------------------------------------------------------------------------


def test_diverged() -> None:
    ill = case(
        (), None, {RATE: 5.0}, state=RunState.DIVERGED, answers=None, points=points(2.3, 1e9)
    )
    (finding,) = diagnose(ill)
    assert finding.rule == diverged.RULE
    assert finding.severity == Severity.PROBLEM
    assert change(finding, ill) == "learning rate 0.001 instead of 5"
    assert ("last loss that was a number", "1e+09, step 20") in finding.evidence.figures


# --- the learning rate ------------------------------------------------------------------------


def test_a_loss_that_shoots_up_means_too_high() -> None:
    ill = case(changes={RATE: 1.0}, points=points(2.3, 21.07, 2.4, 0.6))
    finding = found(learning_rate_high.examine(ill))
    assert "shot up from 2.35 to 21.07 by step 20" in finding.statement
    assert finding.evidence.chart == LossChart(0.5, "highest")
    assert change(finding, ill) == "learning rate 0.001 instead of 1"


def test_single_images_may_be_hard_without_meaning_anything() -> None:
    """With a batch of one, a step's loss is one image's."""
    jumpy = case(changes={"training.batch_size": 1}, points=points(2.3, 9.0, 1.0, steps=1))
    assert isinstance(learning_rate_high.examine(jumpy), Clear)
    whole = case(changes={"training.batch_size": "full"}, points=points(2.3, 9.0, 1.0, steps=1))
    assert isinstance(learning_rate_high.examine(whole), Finding)


def test_the_first_step_is_before_any_update() -> None:
    """With batch normalization its loss may be far above that of the recorded moment."""
    normalised = (3.6, 3.7, 1.0, 0.6)
    assert isinstance(learning_rate_high.examine(case(points=points(*normalised))), Finding)
    first = case(points=points(*normalised, steps=1))
    assert isinstance(learning_rate_high.examine(first), Clear)


def test_a_training_loss_that_rises_means_too_high() -> None:
    ill = case((0.5, 0.2, 0.4, 0.3), (0.5, 0.3, 0.5, 0.4))
    finding = found(learning_rate_high.examine(ill))
    assert "rose from 0.20 in epoch 2 to 0.40 in epoch 3" in finding.statement
    assert finding.severity == Severity.WARNING


def test_a_rise_within_chance_does_not() -> None:
    """Sixteen images: a mean loss of 1 is uncertain by a quarter."""
    losses = (1.5, 1.0, 1.3, 0.9)
    assert isinstance(learning_rate_high.examine(case(losses, losses)), Finding)
    few = case(losses, losses, images=(16, 1000, 1000), points=())
    assert isinstance(learning_rate_high.examine(few), Clear)
    assert learning_rate_high.largest_rise(losses) == (3, pytest.approx(0.3))
    assert learning_rate_high.largest_rise(()) == (0, 0.0)


def test_penalties_are_part_of_the_loss_at_the_start() -> None:
    """L2 on large weights begins at 40, which is no overshoot."""
    heavy = case(changes={"training.l2": 0.1}, points=points(40.0, 30.0, 12.0, 9.0))
    assert heavy.start_loss == 40.0
    assert isinstance(learning_rate_high.examine(heavy), Clear)


def test_an_even_slow_fall_means_too_low() -> None:
    losses = (2.33, 2.25, 2.17, 2.09, 2.01, 1.93)
    ill = case(losses, losses, {RATE: 1e-5})
    finding = found(learning_rate_low.examine(ill))
    assert "after 6 epochs the loss is still 1.93, from 2.35" in finding.statement
    assert change(finding, ill) == "learning rate 0.001 instead of 1e-05"


@pytest.mark.parametrize(
    ("losses", "why"),
    [
        ((2.0, 1.8, 1.75, 1.74, 1.735, 1.73), "slows down: it can do no better"),
        ((2.1, 1.7, 1.2, 0.9, 0.7, 0.6), "has learned"),
        ((2.3, 2.1, 1.9), "learns fast, was only ended soon"),
        ((2.3, 2.2, 2.3, 2.2, 2.1), "does not fall evenly"),
    ],
)
def test_other_falls_do_not(losses: tuple[float, ...], why: str) -> None:
    assert isinstance(learning_rate_low.examine(case(losses, losses)), Clear), why


def test_few_steps_say_nothing_of_the_rate() -> None:
    losses = (2.33, 2.31, 2.29, 2.27)
    few = case(losses, losses, {"training.batch_size": "full"})
    assert isinstance(learning_rate_low.examine(few), Unknown)


def test_a_large_epsilon_is_set_back_too() -> None:
    losses = (2.33, 2.29, 2.25, 2.21)
    changes = {"training.optimizer": {"type": "Adam", "learning_rate": 1e-4, "epsilon": 0.1}}
    ill = case(losses, losses, changes)
    told = change(found(learning_rate_low.examine(ill)), ill)
    assert told == "learning rate 0.001 instead of 0.0001, epsilon 1e-07 instead of 0.1"


@pytest.mark.parametrize(
    ("optimizer", "usual", "lower", "higher"),
    [
        (Adam(learning_rate=1.0), 0.001, 0.001, 10.0),
        (Adam(), 0.001, 0.0001, 0.01),
        (SGD(learning_rate=3.0), 0.1, 0.1, 10.0),
        (SGD(learning_rate=0.001), 0.1, 0.0001, 0.1),
        (SGD(learning_rate=0.5, momentum=0.9), 0.01, 0.01, 5.0),
        (Adagrad(learning_rate=1e-7), 0.01, 1e-7, 0.01),
    ],
)
def test_other_rates(optimizer, usual: float, lower: float, higher: float) -> None:
    assert usual_rate(optimizer) == pytest.approx(usual)
    experiment = with_settings(DIGITS, {"training.optimizer": optimizer.model_dump(mode="json")})
    assert slower(experiment)[RATE] == pytest.approx(lower)
    assert faster(experiment)[RATE] == pytest.approx(higher)


# --- overfitting ------------------------------------------------------------------------------

FALLING = (0.9, 0.5, 0.3, 0.2, 0.1, 0.05)


def test_overfitting_since_the_lowest_validation_loss() -> None:
    ill = case(FALLING, (0.7, 0.5, 0.4, 0.45, 0.5, 0.56))
    finding = found(overfitting.examine(ill))
    assert "since epoch 3: the validation loss rose from 0.400 to 0.560" in finding.statement
    assert ("generalisation loss (Prechelt)", "25 %") in finding.evidence.figures
    assert finding.evidence.chart == LossChart(3.0, "lowest")
    assert change(finding, ill) == "early stopping on"


def test_the_generalisation_loss_is_prechelts() -> None:
    seen = Series("validation", (1, 2, 3), (0.4, 0.5, 0.6), (0.9, 0.9, 0.9))
    assert overfitting.generalisation_loss(seen) == pytest.approx(25.0)  # 100 (0.5 / 0.4 - 1)


@pytest.mark.parametrize(
    ("losses", "validation", "why"),
    [
        (FALLING, (0.7, 0.5, 0.4, 0.38, 0.37, 0.5), "one jump at the end"),
        (FALLING, (0.7, 0.5, 0.4, 0.41, 0.41, 0.41), "a rise of 2.5 %"),
        (FALLING, (0.01, 0.002, 0.001, 0.0015, 0.002, 0.003), "from nothing to nothing"),
        ((0.9, 0.5, 0.3, 0.5, 0.6, 0.7), (0.7, 0.5, 0.4, 0.5, 0.6, 0.7), "both rise"),
        (FALLING, (0.7, 0.6, 0.55, 0.5, 0.45, 0.4), "still falls"),
    ],
)
def test_no_overfitting(losses, validation, why: str) -> None:
    assert isinstance(overfitting.examine(case(losses, validation)), Clear), why


def test_early_stopping_that_went_back_is_no_finding() -> None:
    stopping = {"training.early_stopping": {"patience": 3}}
    ill = case(FALLING, (0.7, 0.5, 0.4, 0.45, 0.5, 0.56), stopping)
    outcome = overfitting.examine(ill)
    assert isinstance(outcome, Clear)
    assert "went back" in outcome.words


def test_without_validation_the_recorded_moments_tell() -> None:
    losses = (0.6, 0.4, 0.45, 0.5, 0.55, 0.6)
    seen = tuple(instant(float(n), loss) for n, loss in enumerate(losses, start=1))
    ill = case(FALLING, None, {"dataset.validation": "none"}, instants=(instant(0.0, 2.3), *seen))
    finding = found(overfitting.examine(ill))
    assert "since epoch 2: the test loss" in finding.statement
    chart = finding.evidence.chart
    assert isinstance(chart, LossChart)
    assert chart.measured == tuple(zip((1, 2, 3, 4, 5, 6), losses, strict=True))
    assert change(finding, ill) == "validation holdout instead of none, early stopping on"


def test_a_gap_between_training_and_validation_is_learning_by_heart() -> None:
    ill = case(
        changes={"dataset.train_size": 300},
        epochs=records(FALLING, (0.9, 0.8, 0.7, 0.7, 0.7, 0.7), [1.02] * 6),
    )
    finding = found(overfitting.examine(ill))
    assert "knows its training images by heart" in finding.statement
    assert change(finding, ill) == "train size all instead of 300"


# --- what goes on inside ----------------------------------------------------------------------


@pytest.mark.parametrize(("dead", "sees"), [(0.0, False), (0.3, False), (0.5, True), (1.0, True)])
def test_dead_units(dead: float, sees: bool) -> None:
    layers = (layer("dense_1"), layer("dense_2", dead=dead), layer("output", "softmax"))
    ill = case(instants=(instant(0.0, 2.35), instant(6.0, 0.3, *layers)))
    outcome = dead_units.examine(ill)
    assert isinstance(outcome, Finding) == sees
    if sees:
        finding = found(outcome)
        assert "20 units of layer 3 are dead" in finding.statement
        assert ("layer 3 now", f"{round(20 * dead)} of 20 units dead ({100 * dead:.0f} %)") in (
            finding.evidence.figures
        )
        assert (finding.severity == Severity.PROBLEM) == (dead == 1.0)
        assert change(finding, ill) == "layer 2 activation leaky_relu instead of relu"


def test_only_a_relu_can_die() -> None:
    silent = (layer("dense_1", "sigmoid", dead=1.0), layer("output", "softmax"))
    outcome = dead_units.examine(case(instants=(instant(6.0, 0.3, *silent),)))
    assert isinstance(outcome, Clear)
    assert "no ReLU" in outcome.words


def test_long_steps_kill_units_and_shorter_ones_are_the_remedy() -> None:
    layers = (layer("dense_1", dead=0.8), layer("output", "softmax"))
    ill = case(changes={RATE: 0.1}, instants=(instant(6.0, 0.3, *layers),))
    assert change(found(dead_units.examine(ill)), ill) == "learning rate 0.001 instead of 0.1"


def deep(activation: str, first: float) -> tuple:
    return (layer("dense_1", activation, gradient=first), layer("output", "softmax"))


@pytest.mark.parametrize(
    ("at_start", "at_end", "sees"),
    [(1e-5, 1e-5, True), (1e-5, 1e-3, False), (1e-3, 1e-5, False), (0.0, 0.0, False)],
)
def test_vanishing_gradients_at_both_moments(at_start: float, at_end: float, sees: bool) -> None:
    ill = case(
        changes={"layers.1.activation": "sigmoid"},
        instants=(
            instant(0.0, 2.35, *deep("sigmoid", at_start)),
            instant(6.0, 2.3, *deep("sigmoid", at_end)),
        ),
    )
    outcome = vanishing.examine(ill)
    assert isinstance(outcome, Finding) == sees
    if sees:
        finding = found(outcome)
        assert "in layer 2 they are 1/1,000 as large as in the output" in finding.statement
        assert change(finding, ill) == "layer 2 activation relu instead of sigmoid"


def test_without_a_hidden_layer_there_is_nothing_to_reach() -> None:
    outcome = vanishing.examine(case(instants=(instant(0.0, 2.3, layer("output", "softmax")),)))
    assert isinstance(outcome, Clear)


def test_several_layers_with_the_same_change_are_named_together() -> None:
    changes = {"layers": [{"type": "Flatten"}, *[{"type": "Dense", "activation": "tanh"}] * 3]}
    ill = case(
        changes=changes,
        instants=(instant(0.0, 2.3, *deep("tanh", 1e-6)), instant(6.0, 2.3, *deep("tanh", 1e-6))),
    )
    told = change(found(vanishing.examine(ill)), ill)
    assert told == "activation relu instead of tanh in layer 2, layer 3 and layer 4"


def test_start_weights_that_are_too_large() -> None:
    changes = {"layers.1.kernel_initializer": "random_normal", "layers.1.kernel_stddev": 1.0}
    ill = case(changes=changes, instants=(instant(0.0, 60.0), instant(6.0, 0.3)))
    finding = found(start_weights.examine(ill))
    assert "a loss of 60.00 before the first step, where guessing has 2.30" in finding.statement
    assert "glorot_uniform instead of random_normal" in change(finding, ill)
    assert isinstance(start_weights.examine(case(instants=(instant(1.0, 60.0),))), Unknown)


# --- answers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("right", "sees"), [(0.1, True), (0.11, True), (0.13, False)])
def test_no_better_than_guessing(right: float, sees: bool) -> None:
    """Of 1,000 images: SciPy's interval of 0.11 holds the share of a class, that of 0.13 not."""
    interval = binomtest(round(1000 * right), 1000).proportion_ci(0.95, method="wilson")
    assert (interval.low <= 0.1) == sees
    assert isinstance(guessing.examine(case(answers=answers(right))), Finding) == sees


def few_answers(right: int, each: int = 4) -> Answers:
    """So many images of each of three classes, the second of which is never the answer."""
    hits = np.array([right - right // 2, 0, right // 2])
    return Answers(np.full(3, each), np.array([3 * each // 2, 0, 3 * each // 2]), hits)


def test_above_guessing_but_perhaps_by_chance_is_said_so() -> None:
    """41.7 % right is more than 33.3 %: that it is no better would contradict itself."""
    few = case(answers=few_answers(5), class_names=("a", "b", "c"))
    interval = binomtest(5, 12).proportion_ci(0.95, method="wilson")
    finding = found(guessing.examine(few))
    assert finding.severity < Severity.PROBLEM
    assert finding.statement == (
        "With 12 test images it cannot be told from guessing: 41.7 % right, 95 % interval"
        f" {100 * interval.low:.1f} % to {100 * interval.high:.1f} %, where naming the most"
        " frequent class always gives 33.3 %."
    )
    assert "more images" in finding.remedy.words
    below = found(guessing.examine(case(answers=few_answers(4), class_names=("a", "b", "c"))))
    assert below.severity == Severity.PROBLEM
    assert below.statement.startswith("It does no better than guessing: 33.3 % right, where")


def test_of_many_images_hardly_better_stays_a_problem() -> None:
    finding = found(guessing.examine(case(answers=answers(0.11))))
    assert finding.severity == Severity.PROBLEM
    assert finding.statement.startswith("It does hardly better than guessing, if at all: 11.0 %")


def test_what_may_be_chance_neither_covers_other_findings_nor_is_blamed_on_them() -> None:
    names = ("a", "b", "c")
    few = [case(answers=few_answers(right, 8), class_names=names) for right in (8, 10)]
    never = [never_predicted.RULE in {said.rule for said in diagnose(each)} for each in few]
    assert never == [False, True]
    slow = ((2.35, 2.34, 2.33), (2.35, 2.34, 2.33), {RATE: 1e-6})
    effect = next(
        finding
        for finding in diagnose(case(*slow, answers=few_answers(5), class_names=names))
        if finding.rule == guessing.RULE
    )
    assert "named above" not in effect.remedy.words


def test_equal_start_weights_are_named_as_the_cause() -> None:
    ill = case(changes={"layers.1.kernel_initializer": "zeros"}, answers=answers(0.1))
    told = change(found(guessing.examine(ill)), ill)
    assert told == "layer 2 kernel initializer glorot_uniform instead of zeros"


def test_classes_that_are_never_the_answer() -> None:
    ill = case(answers=answers(never=(2, 5)))
    finding = found(never_predicted.examine(ill))
    assert (
        finding.statement == "It never answers 2 or 5, though 200 test images show these classes."
    )
    assert change(finding, ill) == "epochs 12 instead of 6"
    narrow = case(changes={"layers.1.units": 1}, answers=answers(never=(2,)))
    assert change(found(never_predicted.examine(narrow)), narrow) == "layer 2 units 64 instead of 1"


def test_a_class_that_is_hardly_asked_for_may_be_missed() -> None:
    rare = answers(never=(2,))
    rare.asked[2] = 3
    assert isinstance(never_predicted.examine(case(answers=rare)), Clear)


# --- how long, and on how many ----------------------------------------------------------------

IMPROVING = (1.2, 0.9, 0.7, 0.55, 0.45, 0.38)


def improving(**other) -> Case:
    accuracies = (0.5, 0.6, 0.7, 0.77, 0.82, 0.86)
    seen = tuple(
        instant(float(n), loss, accuracy=right)
        for n, (loss, right) in enumerate(zip(IMPROVING, accuracies, strict=True), start=1)
    )
    return case(IMPROVING, None, instants=(instant(0.0, 2.3), *seen), **other)


def test_too_few_epochs() -> None:
    finding = found(too_short.examine(improving()))
    assert "the test loss fell from 0.70 to 0.38 in the second half" in finding.statement
    assert ("accuracy gained in the second half", "16.0 points") in finding.evidence.figures
    assert change(finding, improving()) == "epochs 12 instead of 6"


def test_a_run_under_way_may_still_improve() -> None:
    assert isinstance(too_short.examine(improving(state=RunState.RUNNING)), Unknown)


def test_a_stopped_run_is_trained_to_its_end() -> None:
    changes = {"training.epochs": 20}
    ill = improving(changes=changes, state=RunState.STOPPED)
    finding = found(too_short.examine(ill))
    assert "when it was stopped after 6 of 20 epochs" in finding.statement
    assert change(finding, ill) == ""


def test_no_more_epochs_than_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNLAB_MAX_EPOCHS", "8")
    assert change(found(too_short.examine(improving())), improving()) == "epochs 8 instead of 6"
    monkeypatch.setenv("NNLAB_MAX_EPOCHS", "6")
    assert found(too_short.examine(improving())).remedy.experiment is None


@pytest.mark.parametrize(
    ("validation", "why"),
    [
        ((0.30, 0.28, 0.27, 0.265, 0.262, 0.26), "little comes any more"),
        ((0.03, 0.025, 0.02, 0.018, 0.016, 0.015), "from little to less"),
        ((0.9, 0.7, 0.6, 0.5, 0.35, 0.6), "the end is not the best"),
    ],
)
def test_long_enough(validation: tuple[float, ...], why: str) -> None:
    assert isinstance(too_short.examine(case(IMPROVING, validation)), Clear), why


def test_a_validation_set_too_small_to_tell() -> None:
    small = case(images=(1293, 144, 360))
    finding = found(validation_size.examine(small))
    low, high = binomtest(round(0.906 * 144), 144).proportion_ci(0.95, method="wilson")
    assert f"from {100 * low:.1f} % to {100 * high:.1f} %" in finding.statement
    assert finding.remedy.experiment is not None
    wanted = sizes(finding.remedy.experiment.dataset)[1]
    low, high = validation_size.interval(0.906, wanted)
    assert high - low <= validation_size.WIDEST
    assert wanted > 144


def test_a_large_validation_set_or_none() -> None:
    assert isinstance(validation_size.examine(case()), Clear)
    assert isinstance(validation_size.examine(case(validation=None)), Unknown)


def test_test_images_cannot_be_made_more() -> None:
    small = case(changes={"dataset.validation": "test"}, images=(1437, 100, 100))
    assert found(validation_size.examine(small)).remedy.experiment is None


def test_a_data_set_with_too_few_images_is_told() -> None:
    uncertain = records((1.0,) * 3, (1.0,) * 3)
    half = tuple(type(r)(r.epoch, r.loss, r.accuracy, r.val_loss, 0.5, 1.0) for r in uncertain)
    finding = found(validation_size.examine(case(epochs=half, images=(1293, 144, 360))))
    assert finding.remedy.experiment is None
    assert "larger one" in finding.remedy.words
