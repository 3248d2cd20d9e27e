"""Start weights so large that the untrained network is sure of wrong answers."""

import math

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.finding import (
    BarChart,
    Clear,
    Evidence,
    Finding,
    Outcome,
    Severity,
    Unknown,
)
from nnlab.analysis.diagnosis.remedies import UNSCALED, remedy, with_initializer
from nnlab.analysis.diagnosis.wording import NOT_RECORDED, layer_in_words, loss_in_words

RULE = "Start weights too large"
# Times the loss of guessing.
TOO_SURE = 2.0


def examine(case: Case) -> Outcome:
    """Whether the loss before the first step is far above that of guessing, ln(classes).

    "Verify that your loss starts at the correct loss value" (Andrej Karpathy, "A recipe for
    training neural networks", 2019). Weights that are not scaled to the number of inputs make
    large logits (Glorot and Bengio, 2010).
    """
    first = case.instants[:1]
    at_start = [each for each in first if each.epoch == 0 and math.isfinite(each.loss)]
    if not at_start:
        return Unknown(RULE, NOT_RECORDED)
    if case.experiment.training.start_from is not None:
        return Clear(RULE, "are those of another run")
    loss, guessing = at_start[0].loss, case.guessing_loss
    words = (
        f"a loss of {loss_in_words(loss)} before the first step, where guessing has"
        f" {loss_in_words(guessing)}"
    )
    if loss <= TOO_SURE * guessing:
        return Clear(RULE, words)
    spread = {
        layer_in_words(layer.name): layer.weights.std
        for layer in at_start[0].layers
        if layer.weights
    }
    return Finding(
        RULE,
        Severity.WARNING,
        f"The start weights are too large: {words}, so it first has to unlearn wrong answers.",
        Evidence(
            (
                ("loss before the first step", loss_in_words(loss)),
                ("loss of guessing", loss_in_words(guessing)),
                *((f"weights of {name}", f"spread {std:.3g}") for name, std in spread.items()),
            ),
            BarChart("Start weights by layer", "Standard deviation", tuple(spread),
                     tuple(spread.values()), scale="size"),
        ),
        remedy(
            "Scale the start weights to the number of inputs.",
            case.experiment,
            with_initializer(case.experiment, "glorot_uniform", UNSCALED),
        ),
    )  # fmt: skip
