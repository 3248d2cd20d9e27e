"""No better than guessing."""

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.finding import (
    BarChart,
    Clear,
    Evidence,
    Finding,
    Outcome,
    Unknown,
)
from nnlab.analysis.diagnosis.guessing_doubt import judged
from nnlab.analysis.diagnosis.guessing_numbers import examine_numbers
from nnlab.analysis.diagnosis.wording import percent
from nnlab.analysis.proportions import wilson_interval

RULE = "No better than guessing"


def examine(case: Case) -> Outcome:
    """Whether the network beats whoever always names the most frequent class.

    The bar that any classifier has to clear first (Andrej Karpathy, "A recipe for training neural
    networks", 2019: beat a baseline). It does where even the low end of the 95 % interval of its
    accuracy lies above that class's share; where only this end does not, that is what is said.
    Numbers are judged by R².
    """
    if case.regression:
        return examine_numbers(case, RULE)
    answers = case.answers
    if answers is None or not answers.total or not case.epochs:
        return Unknown(RULE, f"there are no answers to test {case.things} after an epoch yet")
    total, right = answers.total, int(answers.right.sum())
    share, baseline = right / total, float(answers.asked.max()) / total
    low, high = wilson_interval(right, total)
    interval = f"{percent(low)} to {percent(high)}"
    right_share, guessed = percent(share), percent(baseline)
    always = f"where naming the most frequent class always gives {guessed}"
    if low > baseline:
        return Clear(RULE, f"{right_share} right, {always}")
    severity, opening, remedy = judged(case, share, baseline, high, total)
    above = f" 95 % interval {interval}," if share > baseline else ""
    return Finding(
        RULE,
        severity,
        f"{opening}: {right_share} right,{above} {always}.",
        Evidence(
            (
                ("right", f"{right:,} of {total:,}"),
                ("95 % interval (Wilson)", interval),
                ("most frequent class", guessed),
            ),
            BarChart(
                "Answers by class",
                "Answers",
                case.class_names,
                tuple(answers.given.astype(float).tolist()),
                scale="count",
            ),
        ),
        remedy,
    )
