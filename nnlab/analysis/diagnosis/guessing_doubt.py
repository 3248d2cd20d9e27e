"""How surely it does no better than guessing: what is measured may lie above by chance."""

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.finding import Remedy, Severity
from nnlab.analysis.diagnosis.guessing_cause import cause

# Of 1: where even the high end of the interval lies no further above guessing, the network does
# hardly better, however the rest would be measured.
HARDLY = 0.05


def judged(
    case: Case, measured: float, bar: float, high: float, tested: int
) -> tuple[Severity, str, Remedy]:
    """How much it weighs, how the sentence on it begins, and what to try.

    Args:
        case: the run.
        measured: an accuracy or R²; the low end of its interval does not lie above `bar`.
        bar: what guessing has.
        high: the high end of the interval.
        tested: number of test examples.
    """
    if measured <= bar:
        return Severity.PROBLEM, "It does no better than guessing", cause(case)
    if high <= bar + HARDLY:
        return Severity.PROBLEM, "It does hardly better than guessing, if at all", cause(case)
    return (
        Severity.WARNING,
        f"With {tested:,} test {case.things} it cannot be told from guessing",
        Remedy(f"Test it on more {case.things}: so few leave too much to chance."),
    )
