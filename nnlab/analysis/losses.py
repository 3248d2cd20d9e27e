"""The losses of Keras's names, of a network's answers or of guessing, without penalties."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.evaluation import cross_entropy

Values = NDArray[np.floating]

# As Keras keeps probabilities away from 0 and 1.
_EPSILON = 1e-7
# Keras's defaults.
_GAMMA, _ALPHA, _DELTA = 2.0, 0.25, 1.0


def mean_loss(name: str, answers: Values, y_true: NDArray) -> float | None:
    """The mean over examples; None where the answers alone do not tell it.

    Hinge needs the logits, of which probabilities keep the differences only.

    Args:
        name: of the loss.
        answers: probabilities (n, classes), or numbers (n, 1).
        y_true: classes int (n,), or targets (n,).
    """
    if name == "sparse_categorical_crossentropy":
        return cross_entropy(answers, y_true)
    if name == "categorical_hinge":
        return None
    return float(_EACH[name](answers.astype(np.float64), y_true).mean())


def loss_of_equal_answers(name: str, classes: int) -> float:
    """The loss of who gives each class the same probability, whatever the right one is.

    All of these losses are convex in what they are computed from, so nothing that looks at no
    example does better where classes are of one size. It is ln(classes) for cross-entropy; of
    hinge, whose logits are then all 0, the whole margin of 1.
    """
    if name == "categorical_hinge":
        return 1.0
    loss = mean_loss(name, np.full((1, classes), 1 / classes), np.zeros(1, np.int64))
    assert loss is not None
    return loss


def loss_of_best_number(name: str, targets: Values) -> float:
    """The loss of who always gives the one number that makes it smallest, for targets (n,)."""
    answers = np.full((len(targets), 1), best_number(name, targets))
    loss = mean_loss(name, answers, targets.astype(np.float64))
    assert loss is not None
    return loss


def best_number(name: str, targets: Values) -> float:
    """The mean of targets (n,) for squared errors, their median for absolute ones.

    For Huber's the number between the two whose clipped residuals add up to 0.
    """
    wide = targets.astype(np.float64)
    if name == "mean_squared_error":
        return float(wide.mean())
    if name == "mean_absolute_error":
        return float(np.median(wide))
    low, high = float(wide.min()), float(wide.max())
    for _ in range(60):  # halves the interval each time, to the last bit
        middle = (low + high) / 2
        above = np.clip(wide - middle, -_DELTA, _DELTA).sum() > 0
        low, high = (middle, high) if above else (low, middle)
    return (low + high) / 2


def _misses(answers: Values, y_true: NDArray) -> Values:
    if y_true.dtype.kind == "f":
        return answers[:, 0] - y_true
    return answers - np.eye(answers.shape[1])[y_true]


def _squared(answers: Values, y_true: NDArray) -> Values:
    return _misses(answers, y_true) ** 2


def _absolute(answers: Values, y_true: NDArray) -> Values:
    return np.abs(_misses(answers, y_true))


def _huber(answers: Values, y_true: NDArray) -> Values:
    off = _absolute(answers, y_true)
    return np.where(off <= _DELTA, off**2 / 2, _DELTA * off - _DELTA**2 / 2)


def _focal(answers: Values, y_true: NDArray) -> Values:
    """alpha (1 - p)^gamma times the cross-entropy (Lin et al. 2017, arxiv.org/abs/1708.02002)."""
    right = np.clip(answers[np.arange(len(y_true)), y_true], _EPSILON, 1 - _EPSILON)
    return -_ALPHA * (1 - right) ** _GAMMA * np.log(right)


_EACH: dict[str, Callable[[Values, NDArray], Values]] = {
    "mean_squared_error": _squared,
    "mean_absolute_error": _absolute,
    "huber": _huber,
    "categorical_focal_crossentropy": _focal,
}
