"""What is expected of a comparison before its runs begin, and how it turned out.

An expectation is about test accuracy, or the test error where numbers are learned: which of some
settings will be best by it, or that seeds make more difference than the settings do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from nnlab.analysis.comparing.significance import Comparison, Verdict, compare, holm

NO_DIFFERENCE = "none"
POINTS = (0.1, 100.0)
ERRORS = (0.001, 2.0)  # the numbers to be learned lie from -1 to 1

Kind = Literal["right", "wrong", "not shown", "open"]


class Expectation(BaseModel):
    """Attributes:
    best: key of the setting that will be best, or `NO_DIFFERENCE`.
    points: by how many percentage points of test accuracy, above the next best; None if not said.
    error: by how much mean absolute error, below the next best; None if not said.
    known: how many runs had ended when it was stated.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    best: str = Field(pattern=rf"^({NO_DIFFERENCE}|[0-9a-f]{{64}})$")
    points: float | None = Field(None, ge=POINTS[0], le=POINTS[1])
    error: float | None = Field(None, ge=ERRORS[0], le=ERRORS[1])
    known: int = Field(0, ge=0)


@dataclass(frozen=True)
class Outcome:
    """How it turned out.

    Attributes:
        kind: "open" while a setting has less than two results; "not shown" where the expected
            one is ahead or behind by no more than seed noise.
        best: key of the setting with the best mean; None while it is open.
        compared: that one, or the expected one, with the best of the others.
    """

    kind: Kind
    best: str | None = None
    compared: Comparison | None = None


def comparison_key(keys: Sequence[str]) -> str:
    """Names a comparison of these settings, in whatever order: 64 hexadecimal digits."""
    return sha256("\n".join(sorted(keys)).encode()).hexdigest()


def outcome(
    expected: Expectation, results: Mapping[str, Sequence[float]], more_is_better: bool = True
) -> Outcome:
    """What became of it.

    Args:
        expected: the expectation.
        results: test accuracies or errors of the finished runs, a list a setting, by its key.
        more_is_better: whether the best has the highest mean (accuracy) or the lowest (error).
    """
    if len(results) < 2 or any(len(values) < 2 for values in results.values()):
        return Outcome("open")
    sign = 1 if more_is_better else -1
    order = sorted(results, key=lambda key: -sign * float(np.mean(results[key])))
    if expected.best == NO_DIFFERENCE:
        return _no_difference(results, order)
    if expected.best not in results:
        return Outcome("open")
    rival = next(key for key in order if key != expected.best)
    compared = compare(results[rival], results[expected.best])
    if compared.verdict is Verdict.NOT_MORE or compared.difference == 0:
        return Outcome("not shown", order[0], compared)
    return Outcome("right" if sign * compared.difference > 0 else "wrong", order[0], compared)


def _no_difference(results: Mapping[str, Sequence[float]], order: Sequence[str]) -> Outcome:
    """Every two settings are tested; one that differs from another is enough."""
    pairs = [compare(results[one], results[two]) for one, two in combinations(order, 2)]
    told = any(
        each.verdict is Verdict.MORE or (each.verdict is Verdict.NO_NOISE and each.difference != 0)
        for each in holm(pairs)
    )
    compared = compare(results[order[1]], results[order[0]])
    return Outcome("wrong" if told else "right", order[0], compared)
