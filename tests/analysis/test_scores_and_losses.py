"""Scores of numbers against scikit-learn; losses by hand (training's tests hold them to Keras)."""

import math

import numpy as np
import pytest
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error

from nnlab.analysis.losses import mean_loss
from nnlab.analysis.numbers import scores


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
