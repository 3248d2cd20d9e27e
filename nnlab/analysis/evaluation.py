"""How good a classifier's answers are: from probabilities to figures a person can judge.

Everywhere: `probabilities` is float (n, classes), a row for each image; `y_true` is int (n,), the
right classes. A row that is not a number (of a run that diverged) counts as the answer "class 0"
of unknown confidence, as Keras's own metrics take it, and makes the cross-entropy NaN.
"""

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
Indices = NDArray[np.intp]
Which = Literal["all", "errors", "confident_errors", "least_certain"]

# Keras clips probabilities to [epsilon, 1 - epsilon] before it takes a logarithm.
_EPSILON = 1e-7


@dataclass(frozen=True)
class PerClass:
    """Precision, recall, F1 (0 to 1, 0 where undefined) and number of images, class by class."""

    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    f1: NDArray[np.float64]
    support: NDArray[np.int64]


def predicted(probabilities: Floats) -> Indices:
    """The most probable class of each row, the first of equals; int (n,)."""
    if len(probabilities) == 0:
        return np.zeros(0, np.intp)
    return np.argmax(np.nan_to_num(probabilities, nan=-np.inf), axis=1)


def confidence(probabilities: Floats) -> Floats:
    """The probability of the predicted class, float (n,); NaN where a row has a NaN."""
    if len(probabilities) == 0:
        return np.zeros(0)
    return np.max(probabilities, axis=1)


def accuracy(probabilities: Floats, y_true: Ints) -> float:
    """Share of right answers, 0 to 1; NaN without images."""
    _check(probabilities, y_true)
    if len(y_true) == 0:
        return float("nan")
    return float(np.mean(predicted(probabilities) == y_true))


def cross_entropy(probabilities: Floats, y_true: Ints) -> float:
    """Mean of -log(probability of the right class), clipped as Keras does; NaN without images."""
    _check(probabilities, y_true)
    if len(y_true) == 0:
        return float("nan")
    of_true = probabilities[np.arange(len(y_true)), y_true].astype(np.float64)
    return float(-np.mean(np.log(np.clip(of_true, _EPSILON, 1 - _EPSILON))))


def confusion_matrix(probabilities: Floats, y_true: Ints) -> NDArray[np.int64]:
    """Number of images by true class (row) and predicted class (column); int (classes, classes)."""
    _check(probabilities, y_true)
    return confusion_counts(predicted(probabilities), y_true, probabilities.shape[1])


def confusion_counts(answers: Ints, y_true: Ints, classes: int) -> NDArray[np.int64]:
    """The same for predicted classes, int (n,)."""
    cells = y_true.astype(np.int64) * classes + answers
    return np.bincount(cells, minlength=classes**2).reshape(classes, classes)


def normalise_rows(counts: NDArray[Any]) -> NDArray[np.float64]:
    """Counts as shares of their row, 0 to 1: of each true class, where its images went.

    A row without images stays 0.
    """
    totals = counts.sum(axis=1, keepdims=True)
    return counts / np.maximum(totals, 1)


def per_class(probabilities: Floats, y_true: Ints) -> PerClass:
    """Precision, recall, F1 and support of every class, also of those without an image."""
    counts = confusion_matrix(probabilities, y_true)
    hits, support, answers = counts.diagonal(), counts.sum(axis=1), counts.sum(axis=0)
    return PerClass(
        precision=hits / np.maximum(answers, 1),
        recall=hits / np.maximum(support, 1),
        f1=2 * hits / np.maximum(support + answers, 1),
        support=support,
    )


def select(
    probabilities: Floats,
    y_true: Ints,
    which: Which,
    true_class: int | None = None,
    predicted_class: int | None = None,
) -> Indices:
    """Which images to show, and in which order; int (m,).

    Args:
        probabilities: float (n, classes).
        y_true: int (n,).
        which: "all" and "errors" in the order of the set; "confident_errors" from the most
            confident mistake down; "least_certain" from the lowest confidence up.
        true_class: only images of this class.
        predicted_class: only images taken for this class.

    Raises:
        ValueError: an unknown `which`, or arrays that do not fit together.
    """
    _check(probabilities, y_true)
    if which not in get_args(Which):
        raise ValueError(f"which must be one of {', '.join(get_args(Which))}, not {which!r}")
    answers = predicted(probabilities)
    kept = np.ones(len(y_true), bool)
    if which in ("errors", "confident_errors"):
        kept &= answers != y_true
    if true_class is not None:
        kept &= y_true == true_class
    if predicted_class is not None:
        kept &= answers == predicted_class
    return _ordered(np.flatnonzero(kept), confidence(probabilities), which)


def _ordered(indices: Indices, confidences: Floats, which: Which) -> Indices:
    """Sorted as `which` says; an unknown confidence is the lowest."""
    known = np.nan_to_num(confidences[indices], nan=-1.0)
    if which == "confident_errors":
        return indices[np.argsort(-known, kind="stable")]
    if which == "least_certain":
        return indices[np.argsort(known, kind="stable")]
    return indices


def _check(probabilities: Floats, y_true: Ints) -> None:
    """Raise ValueError unless there is one row for each label and each label has a column."""
    if probabilities.ndim != 2 or y_true.shape != (len(probabilities),):
        raise ValueError(
            f"need (n, classes) and (n,), got {probabilities.shape} and {y_true.shape}"
        )
    if len(y_true) and not 0 <= y_true.min() <= y_true.max() < probabilities.shape[1]:
        raise ValueError(f"labels must lie in 0 to {probabilities.shape[1] - 1}")
