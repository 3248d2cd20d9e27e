"""The lesson on confusion and confidence against scikit-learn and SciPy."""

import numpy as np
import pytest
import tensorflow as tf
from scipy.optimize import minimize_scalar
from scipy.special import softmax
from sklearn.calibration import calibration_curve
from sklearn.metrics import accuracy_score, confusion_matrix, log_loss

from nnlab.lessons import confusion
from nnlab.lessons.confusion import TEMPERATURES, best_temperature, look


@pytest.fixture(scope="module")
def answers() -> tuple[np.ndarray, np.ndarray]:
    logits, labels = confusion._test_logits()
    return np.asarray(logits, np.float64), np.asarray(labels)


@pytest.mark.parametrize(("threshold", "temperature"), [(0.0, 1.0), (0.8, 1.0), (0.5, 3.0)])
def test_matrix_and_accuracy_are_scikit_learns(answers, threshold: float, temperature: float):
    logits, labels = answers
    p = softmax(logits / temperature, axis=1)
    sure, guess = p.max(axis=1) >= threshold, p.argmax(axis=1)
    found = look(threshold, temperature)
    expected = confusion_matrix(labels[sure], guess[sure], labels=range(10))
    np.testing.assert_array_equal(found["matrix"], expected)
    assert (found["answered"], found["right"]) == (sure.sum(), (labels == guess)[sure].sum())
    assert found["mean_accuracy"] == pytest.approx(accuracy_score(labels, guess))
    assert found["mean_confidence"] == pytest.approx(p.max(axis=1).mean(), rel=1e-5)


def test_the_reliability_curve_is_scikit_learns(answers):
    logits, labels = answers
    p = softmax(logits, axis=1)
    right, confidence = labels == p.argmax(axis=1), p.max(axis=1)
    shares, means = calibration_curve(right, confidence, n_bins=10)
    found = look(0.0, 1.0)
    held = found["counts"] > 0
    np.testing.assert_allclose(found["accuracy"][held], shares, rtol=1e-4)
    np.testing.assert_allclose(found["confidence"][held], means, rtol=1e-4)
    counts = found["counts"][held]
    error = np.sum(counts * np.abs(shares - means)) / counts.sum()
    assert found["calibration_error"] == pytest.approx(error, rel=1e-3)


def test_temperature_changes_claims_and_no_answer(answers):
    cool, hot = look(0.0, 0.5), look(0.0, 4.0)
    np.testing.assert_array_equal(cool["matrix"], hot["matrix"])
    assert cool["mean_confidence"] > 0.9 > hot["mean_confidence"]


def test_the_network_is_overconfident_and_the_best_temperature_mends_it(answers):
    logits, labels = answers
    best = minimize_scalar(
        lambda T: log_loss(labels, softmax(logits / T, axis=1)), bounds=(0.25, 8), method="bounded"
    ).x
    step = TEMPERATURES[1] / TEMPERATURES[0]
    assert best / step <= best_temperature() <= best * step
    before, after = look(0.0, 1.0), look(0.0, best_temperature())
    assert before["mean_confidence"] - before["mean_accuracy"] > 0.03
    assert after["calibration_error"] < before["calibration_error"] / 1.5


def test_a_threshold_that_nothing_reaches_leaves_no_answer():
    assert look(0.99, 8.0)["answered"] == 0


def test_what_is_shown_is_what_runs(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(confusion, "matrix", lambda *_: tf.ones((10, 10), tf.int32))
    assert look(0.0, 1.0)["answered"] == 100
