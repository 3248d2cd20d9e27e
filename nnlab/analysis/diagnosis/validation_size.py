"""A validation set too small to tell one epoch or network from another."""

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.finding import (
    BarChart,
    Clear,
    Evidence,
    Finding,
    Outcome,
    Remedy,
    Severity,
    Unknown,
)
from nnlab.analysis.diagnosis.remedies import remedy
from nnlab.analysis.diagnosis.wording import percent
from nnlab.analysis.proportions import wilson_interval
from nnlab.datasets import sizes
from nnlab.experiment import InvalidExperiment, with_settings

RULE = "Validation set too small"
# Width of the 95 % interval beyond which a validation accuracy does not tell good settings from
# slightly better ones.
WIDEST = 0.06
SHARES = (0.15, 0.2, 0.25, 0.3, 0.4, 0.5)


def examine(case: Case) -> Outcome:
    """How wide the 95 % interval of the validation accuracy is.

    Right answers are a binomial count; the interval is Wilson's, which holds near 100 % as well
    (Brown, Cai and DasGupta, "Interval estimation for a binomial proportion", 2001).
    """
    total = case.images[1]
    known = [record.val_accuracy for record in case.epochs if record.val_accuracy is not None]
    if not total or not known:
        return Unknown(RULE, "there is no validation set" if not total else "not looked at yet")
    share = known[-1]
    low, high = interval(share, total)
    counted = f"{total:,} {case.things}"
    words = f"{percent(share)} of {counted}, so between {percent(low)} and {percent(high)}"
    if high - low <= WIDEST:
        return Clear(RULE, words)
    one = 1 / total
    return Finding(
        RULE,
        Severity.NOTE,
        f"The validation set of {counted} is too small to tell small differences:"
        f" {percent(share)} stands for anything from {percent(low)} to {percent(high)}.",
        Evidence(
            (
                (f"validation {case.things}", f"{total:,}"),
                (f"one {case.things[:-1]} more or less", f"{100 * one:.2f} points"),
                ("95 % interval (Wilson)", f"{percent(low)} to {percent(high)}"),
            ),
            BarChart(
                "What the validation accuracy can stand for",
                "Accuracy",
                ("lowest", "measured", "highest"),
                (low, share, high),
            ),
        ),
        _larger(case, share),
    )


def interval(share: float, total: int) -> tuple[float, float]:
    """The 95 % interval of an accuracy, a share of `total` images."""
    return wilson_interval(min(max(round(share * total), 0), total), total)


def _larger(case: Case, share: float) -> Remedy:
    """The smallest share of the training images whose interval is narrow enough."""
    words = f"Hold out more {case.things} for validation."
    experiment = case.experiment
    if experiment.dataset.validation != "holdout":
        return Remedy(f"Only a larger data set has more test {case.things}.")
    for size in SHARES:
        try:
            wanted = with_settings(experiment, {"dataset.validation_size": size})
            total = sizes(wanted.dataset)[1]
        except InvalidExperiment:
            break
        low, high = interval(share, total)
        if total > case.images[1] and high - low <= WIDEST:
            return remedy(words, experiment, {"dataset.validation_size": size})
    return Remedy(f"{words} This data set has too few: a larger one tells more.")
