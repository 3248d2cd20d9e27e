"""Which classes are taken for which."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Mistake:
    """`count` images of class `true` were taken for class `predicted`."""

    true: int
    predicted: int
    count: int


def frequent_mistakes(counts: NDArray[np.integer[Any]], most: int) -> list[Mistake]:
    """The largest cells off the diagonal of a confusion matrix, largest first.

    Args:
        counts: images by true class (row) and predicted class (column), int (classes, classes).
        most: at most this many; cells without an image are left out.
    """
    wrong = np.where(np.eye(len(counts), dtype=bool), 0, counts)
    order = np.argsort(-wrong, axis=None, kind="stable")[:most]
    cells = zip(*np.unravel_index(order, wrong.shape), strict=True)
    return [Mistake(int(t), int(p), int(wrong[t, p])) for t, p in cells if wrong[t, p]]
