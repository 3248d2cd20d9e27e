"""Confidence against accuracy: by hand, and against scikit-learn and SciPy."""

import numpy as np
import pytest
from scipy.stats import binomtest
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, log_loss

from nnlab.analysis.calibration import (
    brier_score,
    confidence_counts,
    expected_calibration_error,
    mean_claim,
    reliability,
)
from nnlab.analysis.evaluation import cross_entropy
from nnlab.analysis.selective import selective

RNG = np.random.default_rng(0)
# Two are 70 % sure, one of them right; then 95 % sure and right, 55 % sure and wrong, and one that
# is not a number.
BY_HAND = np.array([[0.7, 0.3], [0.3, 0.7], [0.05, 0.95], [0.55, 0.45], [np.nan, np.nan]])
TRUE = np.array([0, 0, 1, 1, 0])


def answers(images: int = 4000, classes: int = 10) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities, and classes that are drawn from flatter ones: the answers are too sure."""
    logits = RNG.normal(size=(images, classes)) * 3
    flat = softmax(logits / 2)
    y = (flat.cumsum(axis=1) < RNG.random((images, 1))).sum(axis=1)
    return softmax(logits).astype(np.float32), np.minimum(y, classes - 1)


def softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def test_bins_by_hand():
    found = reliability(BY_HAND, TRUE)
    assert found.counts.tolist() == [0, 0, 0, 0, 0, 1, 2, 0, 0, 1]  # 0.7 belongs to 60 to 70 %
    assert found.confidence[[5, 6, 9]] == pytest.approx([0.55, 0.7, 0.95])
    assert found.accuracy[[5, 6, 9]].tolist() == [0, 0.5, 1]
    assert np.isnan(found.accuracy[0])
    assert np.isnan(found.low[0])
    # (1 * 0.55 + 2 * 0.2 + 0 + 1 * 0.05) / 4 images
    assert expected_calibration_error(found) == pytest.approx(0.25)
    assert mean_claim(BY_HAND, TRUE) == (pytest.approx(0.725), 0.5)


@pytest.mark.parametrize("bins", [5, 10, 15])
def test_bins_against_scikit_learn_and_intervals_against_scipy(bins: int):
    probabilities, y = answers()
    sure, right = probabilities.max(axis=1).astype(float), probabilities.argmax(axis=1) == y
    found = reliability(probabilities, y, bins)
    held = found.counts > 0
    hit, claimed = calibration_curve(right, sure, n_bins=bins)
    np.testing.assert_allclose(found.accuracy[held], hit)
    np.testing.assert_allclose(found.confidence[held], claimed)
    for n in np.flatnonzero(held):
        inside = (sure > found.edges[n]) & (sure <= found.edges[n + 1])
        assert found.counts[n] == inside.sum()
        counted = binomtest(int(right[inside].sum()), int(inside.sum()))
        expected = counted.proportion_ci(0.95, method="wilson")
        assert (found.low[n], found.high[n]) == pytest.approx(expected, abs=1e-9)


def test_the_calibration_error_is_the_mean_gap_over_all_images():
    """Image by image: each counts the gap of its bin."""
    probabilities, y = answers()
    sure, right = probabilities.max(axis=1).astype(float), probabilities.argmax(axis=1) == y
    places = np.ceil(sure * 10).astype(int)
    gaps = [abs(right[places == place].mean() - sure[places == place].mean()) for place in places]
    found = expected_calibration_error(reliability(probabilities, y))
    assert found == pytest.approx(np.mean(gaps), abs=1e-9)
    assert found > 0.1  # they are too sure


def test_answers_that_keep_their_word_have_hardly_any_error():
    probabilities = softmax(RNG.normal(size=(20_000, 10)) * 2)
    y = np.minimum((probabilities.cumsum(axis=1) < RNG.random((20_000, 1))).sum(axis=1), 9)
    assert expected_calibration_error(reliability(probabilities, y)) < 0.015


def test_scores_against_scikit_learn():
    probabilities, y = answers()
    rows = probabilities.astype(float) / probabilities.sum(axis=1, keepdims=True, dtype=float)
    labels = np.arange(10)
    expected = brier_score_loss(y, rows, labels=labels)
    assert brier_score(probabilities, y) == pytest.approx(expected, abs=1e-7)
    assert cross_entropy(probabilities, y) == pytest.approx(log_loss(y, rows, labels=labels), 1e-4)


@pytest.mark.parametrize(
    ("row", "score"), [([1, 0, 0], 0), ([0, 1, 0], 2), ([1 / 3, 1 / 3, 1 / 3], 2 / 3)]
)
def test_brier_score_by_hand(row: list[float], score: float):
    assert brier_score(np.array([row]), np.array([0])) == pytest.approx(score)


def test_two_classes_have_the_same_scale():
    assert brier_score(np.array([[0.0, 1.0]]), np.array([0])) == 2


@pytest.mark.filterwarnings("error")
def test_probabilities_in_half_precision_are_taken_without_a_warning():
    probabilities, y = answers()
    half = probabilities.astype(np.float16).astype(np.float32)
    assert brier_score(half, y) == pytest.approx(brier_score(probabilities, y), abs=1e-3)
    assert reliability(half, y).counts.sum() == len(y)


def test_a_class_that_is_not_among_the_images_is_no_matter():
    assert brier_score(np.eye(3)[[0, 1]], np.array([0, 1])) == 0


def test_thresholds_by_hand():
    found = selective(BY_HAND, TRUE, np.array([0.0, 0.6, 0.7, 0.71, 0.96]))
    assert found.answered.tolist() == [4, 3, 3, 1, 0]  # what is no number is never answered
    assert found.right.tolist() == [2, 2, 2, 1, 0]
    assert found.coverage.tolist() == [0.8, 0.6, 0.6, 0.2, 0]
    np.testing.assert_allclose(found.accuracy, [0.5, 2 / 3, 2 / 3, 1, np.nan])


def test_thresholds_against_counting():
    probabilities, y = answers()
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == y
    thresholds = np.linspace(0, 1, 41)
    found = selective(probabilities, y, thresholds)
    for n, threshold in enumerate(thresholds.astype(np.float32)):
        given = sure >= threshold
        assert (found.answered[n], found.right[n]) == (given.sum(), right[given].sum())


def test_an_answer_as_sure_as_the_threshold_is_given():
    """0.95 in single precision is a little less than in double."""
    single = np.array([[0.05, 0.95]], np.float32)
    assert selective(single, np.array([1]), np.array([0.95])).answered.tolist() == [1]


def test_histogram_by_hand():
    edges, right, wrong = confidence_counts(BY_HAND, TRUE, 4)
    assert edges.tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert right.tolist() == [0, 0, 1, 1]
    assert wrong.tolist() == [0, 0, 2, 0]


def test_a_confidence_above_1_by_rounding_counts_as_1():
    found = reliability(np.array([[np.nextafter(np.float32(1), np.float32(2)), 0]]), np.array([0]))
    assert found.counts[-1] == 1


@pytest.mark.parametrize("images", [0, 3])
def test_without_any_confidence_nothing_is_claimed(images: int):
    probabilities, y = np.full((images, 4), np.nan, np.float32), np.zeros(images, int)
    found = reliability(probabilities, y)
    assert found.counts.sum() == 0
    assert np.isnan(expected_calibration_error(found))
    assert np.isnan(brier_score(probabilities, y))
    assert np.isnan(mean_claim(probabilities, y)).all()
    assert selective(probabilities, y, np.array([0.0])).answered.tolist() == [0]
