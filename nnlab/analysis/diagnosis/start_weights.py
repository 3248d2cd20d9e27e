"""Start weights so large that the untrained network is sure of wrong answers."""

import math

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.facts import Instant
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
from nnlab.analysis.losses import loss_of_best_number

RULE = "Start weights too large"
# Times the loss of guessing. In 167 trainings on images and points, Keras's start weights began
# with up to 1.3 times that of cross-entropy, 1.9 of focal, 1.9 of hinge, and 1.3 of squared errors,
# which end at 2 to 4; in 24 more, weights with a spread of 1 with at least 2.5, 5, 3 and 1.6.
TOO_SURE = {
    "sparse_categorical_crossentropy": 2.0,
    "categorical_focal_crossentropy": 3.0,
    "categorical_hinge": 2.5,
    "mean_squared_error": 1.5,
}
# Times the mean absolute error of guessing. Points lie up to 6 from the middle, so that Keras's own
# start weights began with up to 17 times it in 236 trainings, most of which learned all the same;
# in 12 more, a spread of 1 began with at least 30.
TOO_FAR = 25.0


def examine(case: Case) -> Outcome:
    """Whether an untrained network is far worse than guessing.

    "Verify that your loss starts at the correct loss value" (Andrej Karpathy, "A recipe for
    training neural networks", 2019), for classes that of guessing. Weights that are not scaled to
    the number of inputs make large outputs (Glorot and Bengio, 2010). Numbers are judged by how far
    off they are, as losses that are squared say little of large misses.
    """
    at_start = case.instants[0] if case.instants and case.instants[0].epoch == 0 else None
    if at_start is None:
        return Unknown(RULE, NOT_RECORDED)
    if case.experiment.training.start_from is not None:
        return Clear(RULE, "are those of another run")
    measured, guessing, limit = _measured(case, at_start)
    if not math.isfinite(measured) or not guessing:
        return Unknown(RULE, "how far it was from guessing before the first step is not known")
    what = "answers that are {} off" if case.regression else "a loss of {}"
    words = (
        f"{what.format(loss_in_words(measured))} before the first step, where guessing has"
        f" {loss_in_words(guessing)}"
    )
    if measured <= limit * guessing:
        return Clear(RULE, words)
    return _found(case, at_start, words, (measured, guessing))


def _measured(case: Case, at_start: Instant) -> tuple[float, float, float]:
    """How bad the untrained network is, how bad guessing is, and how many times that is too bad."""
    if case.targets is not None:
        guessing = loss_of_best_number("mean_absolute_error", case.targets.held_out)
        return at_start.error, guessing, TOO_FAR
    # The first step's loss is that before it; moments do not tell that of hinge.
    first = [point.loss for point in case.points[:1] if point.step == 1 and not case.penalised]
    loss = next(filter(math.isfinite, [at_start.loss, *first]), math.nan)
    return loss, case.guessing_loss, TOO_SURE[case.loss_name]


def _found(case: Case, at_start: Instant, words: str, measured: tuple[float, float]) -> Finding:
    spread = {
        layer_in_words(layer.name): layer.weights.std for layer in at_start.layers if layer.weights
    }
    figure = "mean absolute error" if case.regression else "loss"
    return Finding(
        RULE,
        Severity.WARNING,
        f"The start weights are too large: {words}, so it first has to unlearn wrong answers.",
        Evidence(
            (
                (f"{figure} before the first step", loss_in_words(measured[0])),
                (f"{figure} of guessing", loss_in_words(measured[1])),
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
