"""Evaluation figures against hand-computed ones and against scikit-learn."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn import metrics

from nnlab.analysis import evaluation

# Six images, three classes: 0→0, 0→1 (sure), 1→1, 1→0 (unsure), 1→1 (barely), 0→1.
PROBABILITIES = np.array(
    [
        [0.7, 0.2, 0.1],
        [0.1, 0.9, 0.0],
        [0.2, 0.8, 0.0],
        [0.5, 0.4, 0.1],
        [0.3, 0.4, 0.3],
        [0.3, 0.6, 0.1],
    ]
)
Y_TRUE = np.array([0, 0, 1, 1, 1, 0])


def random_answers(n: int = 400, classes: int = 10) -> tuple[NDArray[np.float64], NDArray[np.int_]]:
    rng = np.random.default_rng(7)
    y_true = rng.integers(0, classes, n)
    scores = rng.exponential(size=(n, classes))
    scores[np.arange(n), y_true] += 1.5
    return scores / scores.sum(axis=1, keepdims=True), y_true


def test_predicted_and_confidence_by_hand() -> None:
    assert evaluation.predicted(PROBABILITIES).tolist() == [0, 1, 1, 0, 1, 1]
    assert evaluation.confidence(PROBABILITIES).tolist() == [0.7, 0.9, 0.8, 0.5, 0.4, 0.6]


def test_figures_by_hand() -> None:
    assert evaluation.accuracy(PROBABILITIES, Y_TRUE) == 0.5
    expected = -sum(math.log(p) for p in (0.7, 0.1, 0.8, 0.4, 0.4, 0.3)) / 6
    assert evaluation.cross_entropy(PROBABILITIES, Y_TRUE) == pytest.approx(expected)


def test_confusion_by_hand() -> None:
    counts = evaluation.confusion_matrix(PROBABILITIES, Y_TRUE)
    assert counts.tolist() == [[1, 2, 0], [1, 2, 0], [0, 0, 0]]
    shares = evaluation.normalise_rows(counts)
    np.testing.assert_allclose(shares, [[1 / 3, 2 / 3, 0], [1 / 3, 2 / 3, 0], [0, 0, 0]])


def test_per_class_by_hand_with_a_class_that_is_absent() -> None:
    scores = evaluation.per_class(PROBABILITIES, Y_TRUE)
    np.testing.assert_allclose(scores.precision, [1 / 2, 2 / 4, 0])
    np.testing.assert_allclose(scores.recall, [1 / 3, 2 / 3, 0])
    np.testing.assert_allclose(scores.f1, [0.4, 4 / 7, 0])
    assert scores.support.tolist() == [3, 3, 0]


def test_agrees_with_scikit_learn() -> None:
    probabilities, y_true = random_answers()
    answers = probabilities.argmax(axis=1)
    assert evaluation.accuracy(probabilities, y_true) == metrics.accuracy_score(y_true, answers)
    assert evaluation.cross_entropy(probabilities, y_true) == pytest.approx(
        metrics.log_loss(y_true, probabilities)
    )
    counts = evaluation.confusion_matrix(probabilities, y_true)
    np.testing.assert_array_equal(counts, metrics.confusion_matrix(y_true, answers))
    np.testing.assert_allclose(
        evaluation.normalise_rows(counts),
        metrics.confusion_matrix(y_true, answers, normalize="true"),
    )


@pytest.mark.parametrize("classes", [2, 10, 100])
def test_per_class_agrees_with_scikit_learn(classes: int) -> None:
    """With 100 classes and 300 images some have no image and some are never the answer."""
    probabilities, y_true = random_answers(300, classes)
    scores = evaluation.per_class(probabilities, y_true)
    expected = metrics.precision_recall_fscore_support(
        y_true, probabilities.argmax(axis=1), labels=range(classes), zero_division=0
    )
    for ours, theirs in zip(
        (scores.precision, scores.recall, scores.f1, scores.support), expected, strict=True
    ):
        np.testing.assert_allclose(ours, theirs)


def test_a_certain_mistake_costs_as_much_as_keras_lets_it() -> None:
    wrong = np.array([[1.0, 0.0]])
    assert evaluation.cross_entropy(wrong, np.array([1])) == pytest.approx(-math.log(1e-7))
    assert evaluation.cross_entropy(wrong, np.array([0])) == pytest.approx(0, abs=2e-7)


def test_a_class_absent_from_labels_and_answers_keeps_its_place() -> None:
    probabilities, y_true = random_answers(classes=3)
    wider = np.hstack([probabilities, np.zeros((len(y_true), 2))])
    assert evaluation.confusion_matrix(wider, y_true).shape == (5, 5)
    assert evaluation.per_class(wider, y_true).support[3:].tolist() == [0, 0]


def test_nothing_to_judge() -> None:
    none, no_labels = np.zeros((0, 4)), np.zeros(0, int)
    assert evaluation.predicted(none).shape == (0,)
    assert evaluation.confidence(none).shape == (0,)
    assert math.isnan(evaluation.accuracy(none, no_labels))
    assert math.isnan(evaluation.cross_entropy(none, no_labels))
    assert evaluation.confusion_matrix(none, no_labels).tolist() == np.zeros((4, 4)).tolist()
    assert evaluation.per_class(none, no_labels).recall.tolist() == [0, 0, 0, 0]
    assert evaluation.select(none, no_labels, "confident_errors").shape == (0,)


def test_answers_that_are_not_numbers() -> None:
    probabilities = PROBABILITIES.copy()
    probabilities[4] = np.nan
    assert evaluation.predicted(probabilities)[4] == 0
    assert math.isnan(evaluation.confidence(probabilities)[4])
    assert math.isnan(evaluation.cross_entropy(probabilities, Y_TRUE))
    assert evaluation.accuracy(probabilities, Y_TRUE) == pytest.approx(2 / 6)
    assert evaluation.select(probabilities, Y_TRUE, "least_certain")[0] == 4
    assert evaluation.select(probabilities, Y_TRUE, "confident_errors")[-1] == 4


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        ("all", [0, 1, 2, 3, 4, 5]),
        ("errors", [1, 3, 5]),
        ("confident_errors", [1, 5, 3]),
        ("least_certain", [4, 3, 5, 0, 2, 1]),
    ],
)
def test_select(which: evaluation.Which, expected: list[int]) -> None:
    assert evaluation.select(PROBABILITIES, Y_TRUE, which).tolist() == expected


def test_select_one_cell_of_the_confusion_matrix() -> None:
    chosen = evaluation.select(PROBABILITIES, Y_TRUE, "all", true_class=0, predicted_class=1)
    assert chosen.tolist() == [1, 5]
    assert evaluation.select(PROBABILITIES, Y_TRUE, "errors", true_class=1).tolist() == [3]
    assert evaluation.select(
        PROBABILITIES, Y_TRUE, "least_certain", predicted_class=0
    ).tolist() == [3, 0]
    assert evaluation.select(PROBABILITIES, Y_TRUE, "all", true_class=2).tolist() == []


def test_every_cell_of_the_matrix_selects_as_many_images_as_it_counts() -> None:
    probabilities, y_true = random_answers()
    for (true, answer), count in np.ndenumerate(evaluation.confusion_matrix(probabilities, y_true)):
        assert len(evaluation.select(probabilities, y_true, "all", true, answer)) == count


def test_equal_confidence_keeps_the_order_of_the_set() -> None:
    flat = np.full((50, 4), 0.25)
    chosen = evaluation.select(flat, np.ones(50, int), "confident_errors")
    assert chosen.tolist() == list(range(50))


@pytest.mark.parametrize(
    ("probabilities", "y_true", "match"),
    [
        (np.zeros((3, 2)), np.zeros(4, int), "n, classes"),
        (np.zeros(3), np.zeros(3, int), "n, classes"),
        (np.zeros((2, 3)), np.array([0, 3]), "0 to 2"),
        (np.zeros((2, 3)), np.array([-1, 0]), "0 to 2"),
    ],
)
def test_arrays_that_do_not_fit(
    probabilities: NDArray[np.float64], y_true: NDArray[np.int_], match: str
) -> None:
    for judge in (evaluation.accuracy, evaluation.confusion_matrix, evaluation.per_class):
        with pytest.raises(ValueError, match=match):
            judge(probabilities, y_true)


def test_an_unknown_selection_is_refused() -> None:
    with pytest.raises(ValueError, match="confident_errors"):
        evaluation.select(PROBABILITIES, Y_TRUE, "best")  # type: ignore[arg-type]
