"""No better than the mean: guessing, where numbers are learned."""

import math

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.finding import (
    Clear,
    Evidence,
    Finding,
    LossChart,
    Outcome,
    Unknown,
)
from nnlab.analysis.diagnosis.guessing_doubt import judged
from nnlab.analysis.diagnosis.wording import signed
from nnlab.analysis.numbers import r2_interval, scores


def examine_numbers(case: Case, rule: str) -> Outcome:
    """Whether the network beats whoever always says the mean of the true numbers.

    That has an R² of 0 (scikit-learn's `r2_score`: a model that always gives the mean, whatever the
    input, gets 0). The network does better where even the low end of the 95 % interval of its R²
    lies above; where only this end does not, that is what is said.

    Args:
        case: of a run that learns numbers.
        rule: the name of the rule.
    """
    seen = case.predictions
    if seen is None or not case.epochs:
        return Unknown(rule, f"there are no answers to test {case.things} after an epoch yet")
    found = scores(seen.predicted, seen.targets)
    low, high = r2_interval(seen.predicted, seen.targets)
    if not math.isfinite(low):
        return Unknown(rule, f"R² cannot be told of these answers to {len(seen.targets):,}")
    r2, interval = signed(found.r2), f"{signed(low)} to {signed(high)}"
    if low > 0:
        return Clear(rule, f"R² is {r2} ({interval}), where saying the mean always has 0")
    severity, opening, remedy = judged(case, found.r2, 0.0, high, len(seen.targets))
    above = f" 95 % interval {interval}," if found.r2 > 0 else ""
    return Finding(
        rule,
        severity,
        f"{opening}: R² is {r2} on the test {case.things},{above} where saying the mean always"
        " has 0.",
        Evidence(
            (
                (f"R² on {len(seen.targets):,} test {case.things}", signed(found.r2, 3)),
                ("95 % interval (bootstrap)", interval),
                ("mean absolute error", f"{found.mae:.3f}"),
            ),
            LossChart(guessing=case.guessing_held_out) if len(case.points) > 1 else None,
        ),
        remedy,
    )
