"""Scores of numbers against scikit-learn; losses by hand (training's tests hold them to Keras)."""

import math

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import huber
from scipy.stats import bootstrap
from sklearn.dummy import DummyRegressor
from sklearn.metrics import (
    mean_absolute_error,
    mean_squared_error,
    r2_score,
    root_mean_squared_error,
)

from nnlab.analysis.losses import (
    best_number,
    loss_of_best_number,
    loss_of_equal_answers,
    mean_loss,
)
from nnlab.analysis.numbers import r2_interval, scores


def test_scores_are_those_of_scikit_learn():
    draw = np.random.default_rng(1)
    targets = draw.uniform(-1, 1, 200).astype(np.float32)
    predicted = (targets + draw.normal(0, 0.3, 200)).astype(np.float32)
    found = scores(predicted, targets)
    assert found.r2 == pytest.approx(r2_score(targets, predicted), rel=1e-6)
    assert found.mae == pytest.approx(mean_absolute_error(targets, predicted), rel=1e-6)
    assert found.rmse == pytest.approx(root_mean_squared_error(targets, predicted), rel=1e-6)


def test_the_mean_has_no_determination_and_equal_targets_have_none_to_tell():
    targets = np.array([-1.0, 0.0, 1.0])
    assert scores(np.zeros(3), targets).r2 == 0
    assert scores(targets, targets).r2 == 1
    assert math.isnan(scores(targets, np.ones(3)).r2)


def test_losses_of_one_answer():
    answer, label = np.array([[0.7, 0.2, 0.1]]), np.array([0])
    assert mean_loss("sparse_categorical_crossentropy", answer, label) == pytest.approx(
        -math.log(0.7)
    )
    squared = (0.3**2 + 0.2**2 + 0.1**2) / 3
    assert mean_loss("mean_squared_error", answer, label) == pytest.approx(squared)
    focal = -0.25 * 0.3**2 * math.log(0.7)
    assert mean_loss("categorical_focal_crossentropy", answer, label) == pytest.approx(focal)
    assert mean_loss("categorical_hinge", answer, label) is None
    number, target = np.array([[0.5], [3.0]]), np.array([0.0, 0.5])
    assert mean_loss("huber", number, target) == pytest.approx((0.125 + 2.0) / 2)
    assert mean_loss("mean_absolute_error", number, target) == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("loss", "strategy"), [("mean_squared_error", "mean"), ("mean_absolute_error", "median")]
)
def test_guessing_a_number_is_what_scikit_learn_guesses(loss: str, strategy: str):
    targets = np.random.default_rng(2).exponential(2, 301)
    dummy = DummyRegressor(strategy=strategy).fit(np.zeros((301, 1)), targets)
    guessed = dummy.predict(np.zeros((301, 1)))
    assert best_number(loss, targets) == pytest.approx(guessed[0])
    theirs = {"mean_squared_error": mean_squared_error, "mean_absolute_error": mean_absolute_error}
    assert loss_of_best_number(loss, targets) == pytest.approx(theirs[loss](targets, guessed))


def test_guessing_a_number_for_hubers_loss_is_the_best_that_scipy_finds():
    targets = np.random.default_rng(3).exponential(3, 300)

    def mean_huber(number: float) -> float:
        return float(huber(1.0, targets - number).mean())

    best = minimize_scalar(mean_huber, bounds=(0, 20), method="bounded", options={"xatol": 1e-9})
    assert best_number("huber", targets) == pytest.approx(best.x, abs=1e-4)
    assert loss_of_best_number("huber", targets) == pytest.approx(best.fun, rel=1e-9)


@pytest.mark.parametrize("classes", [2, 10])
def test_guessing_classes(classes: int):
    assert loss_of_equal_answers("sparse_categorical_crossentropy", classes) == pytest.approx(
        math.log(classes)
    )
    targets = np.eye(classes)
    squared = mean_squared_error(targets, np.full((classes, classes), 1 / classes))
    assert loss_of_equal_answers("mean_squared_error", classes) == pytest.approx(squared)
    focal = 0.25 * (1 - 1 / classes) ** 2 * math.log(classes)
    assert loss_of_equal_answers("categorical_focal_crossentropy", classes) == pytest.approx(focal)


@pytest.mark.parametrize("noise", [0.2, 1.0, 2.0])
def test_the_interval_of_r2_is_scipys_bootstrap(noise: float):
    draw = np.random.default_rng(4)
    targets = draw.uniform(-1, 1, 120).astype(np.float32)
    predicted = (0.5 * targets + draw.normal(0, noise * 0.5, 120)).astype(np.float32)
    theirs = bootstrap(
        (targets, predicted), r2_score, paired=True, vectorized=False, method="percentile",
        n_resamples=2000, rng=5,
    ).confidence_interval  # fmt: skip
    low, high = r2_interval(predicted, targets)
    width = theirs.high - theirs.low
    assert low == pytest.approx(theirs.low, abs=0.1 * width)
    assert high == pytest.approx(theirs.high, abs=0.1 * width)
    assert (low, high) == r2_interval(predicted, targets)


def test_r2_of_equal_targets_or_of_no_numbers_has_no_interval():
    assert all(map(math.isnan, r2_interval(np.zeros(5), np.ones(5))))
    assert all(map(math.isnan, r2_interval(np.array([np.nan, 1.0]), np.array([0.0, 1.0]))))
