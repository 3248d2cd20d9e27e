"""Since when an image is recognised, and which classes tell its story."""

import numpy as np
import pytest

from nnlab.analysis.recognition import Recognition, recognition, telling_classes

NAN = None


def rows(answers: list[int | None]) -> np.ndarray:
    """A moment for each answer, 80 % sure; None is a moment of which nothing is known."""
    made = np.full((len(answers), 3), 0.1, np.float32)
    for row, answer in zip(made, answers, strict=True):
        if answer is None:
            row[:] = np.nan
        else:
            row[answer] = 0.8
    return made


@pytest.mark.parametrize(
    ("answers", "first", "for_good"),
    [
        ([0, 1, 2, 1, 1], 1, 3),
        ([0, 0, 1], 2, 2),
        ([1, 1, 1], 0, 0),
        ([1, 1, 0], 0, None),
        ([0, 2, 0], None, None),
        ([NAN, NAN, 0, NAN, 1, NAN, 1], 4, 4),
        ([1, NAN, 0, 1, NAN], 0, 3),
        ([NAN], None, None),
        ([], None, None),
    ],
)
def test_first_and_for_good(answers: list[int | None], first: int | None, for_good: int | None):
    assert recognition(rows(answers), true=1) == Recognition(first, for_good)


def test_the_true_class_is_told_first_and_then_the_highest():
    probabilities = np.array(
        [[0.25, 0.2, 0.3, 0.25], [0.0, 0.1, 0.1, 0.8], [np.nan] * 4, [0.9, 0.05, 0.05, 0]]
    )
    assert telling_classes(probabilities, true=1, at_most=2) == [1, 0, 3]
    assert telling_classes(probabilities, true=0, at_most=9) == [0, 3, 2, 1]
