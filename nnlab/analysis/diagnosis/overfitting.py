"""Overfitting: other examples fare worse while those of the training are still learned."""

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.evidence import measured
from nnlab.analysis.diagnosis.facts import Series
from nnlab.analysis.diagnosis.finding import (
    Clear,
    Evidence,
    Finding,
    LossChart,
    Outcome,
    Remedy,
    Severity,
    Unknown,
)
from nnlab.analysis.diagnosis.learned_by_heart import by_heart
from nnlab.analysis.diagnosis.remedies import remedy
from nnlab.analysis.diagnosis.smoothing import smoothed_epochs, steadied
from nnlab.analysis.diagnosis.wording import loss_in_words

RULE = "Overfitting"
# Prechelt's generalisation loss in per cent; he stops at 1 to 5.
GENERALISATION_LOSS = 5.0
SEVERE_LOSS = 25.0
# For so many epochs in a row up to the end, since a validation curve also jumps by itself.
SUSTAINED = 2
# Of the loss of guessing: rises from almost nothing to almost nothing harm nobody. On points, means
# of three epochs rose by up to 0.043 in 104 trainings on numbers that went well.
LEAST_RISE = {"images": 0.01, "points": 0.05}
PATIENCE = 3


def examine(case: Case) -> Outcome:
    """Whether the loss on other examples has risen since an epoch, and that of training has not.

    The generalisation loss of Lutz Prechelt, "Early stopping – but when?" (1998):
    GL(t) = 100 (E(t) / min E - 1), E the loss on what is not learned from. Where it only
    stays far behind, that is overfitting too: "when the gap between the training error and test
    error is too large" (Goodfellow, Bengio and Courville, Deep Learning, 2016, section 5.2).
    """
    seen = case.held_out
    if seen is None or len(seen.losses) < SUSTAINED + 1:
        return by_heart(case, RULE) or Unknown(RULE, _missing(seen, case.things))
    seen, training, of = _steadied(case, seen)
    lowest = min(range(len(seen.losses)), key=seen.losses.__getitem__)
    if _has_risen(case, seen, lowest) and training.losses[-1] < training.losses[lowest]:
        return _since(case, seen, training, lowest, of)
    return by_heart(case, RULE) or Clear(
        RULE,
        f"the {seen.name} loss{of} was lowest ({loss_in_words(seen.losses[lowest], 4)}) after"
        f" epoch {seen.epochs[lowest]:g} and ended {_above(seen.losses[-1], seen.losses[lowest])}",
    )


def _steadied(case: Case, seen: Series) -> tuple[Series, Series, str]:
    """Held-out and training losses at the same epochs, on points means of a few; and words for."""
    losses = tuple(_training_loss(case, epoch) for epoch in seen.epochs)
    training, width = Series("training", seen.epochs, losses), smoothed_epochs(case)
    if not case.validated or len(seen.losses) <= width + SUSTAINED:
        return seen, training, ""
    return steadied(seen, width), steadied(training, width), f" (mean of {width} epochs)"


def _has_risen(case: Case, seen: Series, lowest: int) -> bool:
    """By much since, and not only for a moment."""
    rise = min(seen.losses[-SUSTAINED:]) - seen.losses[lowest]
    least = LEAST_RISE[case.things] * case.guessing_held_out
    sustained = lowest < len(seen.losses) - SUSTAINED
    return sustained and rise >= least and generalisation_loss(seen) > GENERALISATION_LOSS


def generalisation_loss(seen: Series) -> float:
    """Prechelt's GL at the end in per cent: the least of the last `SUSTAINED` epochs."""
    lowest = max(min(seen.losses), 1e-12)
    return 100 * (min(seen.losses[-SUSTAINED:]) / lowest - 1)


def _above(last: float, lowest: float) -> str:
    risen = 100 * (last / max(lowest, 1e-12) - 1)
    return "there" if risen <= 0 else f"{risen:.0f} % above that, not for long or not by much"


def _missing(seen: Series | None, things: str) -> str:
    if seen is None:
        return f"there is no loss on {things} that were not learned from: hold out a validation set"
    return f"it takes at least {SUSTAINED + 1} epochs to tell"


def _training_loss(case: Case, epoch: float) -> float:
    return case.training_losses[min(int(epoch), len(case.training_losses)) - 1]


def _since(case: Case, seen: Series, training: Series, lowest: int, of: str) -> Outcome:
    epoch, risen = seen.epochs[lowest], generalisation_loss(seen)
    early = case.experiment.training.early_stopping
    if early and early.restore_best_weights and case.ended and early.monitor == "val_loss":
        return Clear(
            RULE,
            f"it began after epoch {epoch:g}, and early stopping went back to the weights of the"
            " lowest loss",
        )
    before, after = training.losses[lowest], training.losses[-1]
    figures = (
        (f"lowest {seen.name} loss{of}", f"{_written(seen.losses[lowest])} after epoch {epoch:g}"),
        (f"{seen.name} loss at the end{of}", _written(seen.losses[-1])),
        (f"training loss meanwhile{of}", f"{_written(before)} → {_written(after)}"),
        ("generalisation loss (Prechelt)", f"{risen:.0f} %"),
    )
    return Finding(
        RULE,
        Severity.WARNING if risen > SEVERE_LOSS else Severity.NOTE,
        f"It overfits since epoch {epoch:g}: the {seen.name} loss rose from"
        f" {loss_in_words(seen.losses[lowest], 3)} to {loss_in_words(seen.losses[-1], 3)} while the"
        " training loss kept falling.",
        Evidence(figures, LossChart(epoch, "lowest", measured(case, seen))),
        _stop_there(case),
    )


def _written(loss: float) -> str:
    return loss_in_words(loss, 4)


def _stop_there(case: Case) -> Remedy:
    changes: dict[str, object] = {
        "training.early_stopping": {"monitor": "val_loss", "patience": PATIENCE}
    }
    words = "Stop at the best epoch: early stopping goes back to the weights of the lowest loss."
    if case.experiment.dataset.validation == "none":
        changes["dataset.validation"] = "holdout"
        words += f" It needs validation {case.things}, held out of the training."
    return remedy(words, case.experiment, changes)
