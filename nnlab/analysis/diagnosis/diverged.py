"""Diverged: the loss is no longer a number."""

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.finding import (
    Clear,
    Evidence,
    Finding,
    LossChart,
    Outcome,
    Severity,
    Unknown,
)
from nnlab.analysis.diagnosis.remedies import remedy, slower
from nnlab.analysis.diagnosis.wording import loss_in_words
from nnlab.runs.states import RunState

RULE = "Divergence"


def examine(case: Case) -> Outcome:
    """Whether training ended because the loss overflowed.

    Steps that are too long lead uphill, where gradients and with them the next steps are longer
    still (Goodfellow, Bengio and Courville, Deep Learning, 2016, sections 8.2.4 and 8.3.1).
    """
    if case.state != RunState.DIVERGED:
        if not case.points and not case.epochs:
            return Unknown(RULE, "nothing has been learned yet")
        return Clear(RULE, "the loss was a number at every step")
    rate = case.experiment.training.optimizer.learning_rate
    figures = [
        ("learning rate", f"{rate:g}"),
        ("loss at the start", loss_in_words(case.start_loss)),
    ]
    if case.points:
        last = case.points[-1]
        figures.append(("last loss that was a number", f"{last.loss:.3g}, step {last.step:,}"))
    return Finding(
        RULE,
        Severity.PROBLEM,
        "The loss grew until it was no longer a number: the steps were too long.",
        Evidence(tuple(figures), LossChart() if len(case.points) > 1 else None),
        remedy(
            "Make the steps shorter: a smaller learning rate.",
            case.experiment,
            slower(case.experiment),
        ),
    )
