"""When in its training a network came to recognise an image."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Recognition:
    """Positions among the moments of a training.

    Attributes:
        first: of the first moment with the right answer, None where there is none.
        for_good: of the moment from which on all answers are right, None where the last is wrong.
    """

    first: int | None
    for_good: int | None


def recognition(probabilities: NDArray[np.floating[Any]], true: int) -> Recognition:
    """When an image was recognised.

    Args:
        probabilities: float (moments, classes), in order; rows that are NaN are moments of which
            nothing is known, and are passed over.
        true: its class.
    """
    known = np.flatnonzero(np.isfinite(probabilities).all(axis=1))
    right = probabilities[known].argmax(axis=1) == true if len(known) else np.zeros(0, bool)
    if not right.any():
        return Recognition(None, None)
    wrong = np.flatnonzero(~right)
    since = int(wrong[-1]) + 1 if len(wrong) else 0
    for_good = int(known[since]) if since < len(known) else None
    return Recognition(int(known[np.argmax(right)]), for_good)


def telling_classes(probabilities: NDArray[np.floating[Any]], true: int, at_most: int) -> list[int]:
    """The right class and those that came highest at any moment, highest first; class numbers.

    Args:
        probabilities: float (moments, classes); NaN where nothing is known.
        true: the right class, which comes first.
        at_most: how many of the others.
    """
    peaks = np.nan_to_num(probabilities, nan=0.0).max(axis=0)
    others = [int(c) for c in np.argsort(-peaks, kind="stable") if c != true]
    return [true, *others[:at_most]]
