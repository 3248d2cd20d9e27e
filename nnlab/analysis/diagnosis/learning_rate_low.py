"""A learning rate that is too low: the loss falls evenly, but so slowly that it gets nowhere."""

from itertools import pairwise

from nnlab.analysis.diagnosis.case import LEARNED, Case
from nnlab.analysis.diagnosis.finding import (
    Clear,
    Evidence,
    Finding,
    LossChart,
    Outcome,
    Severity,
    Unknown,
)
from nnlab.analysis.diagnosis.remedies import faster, remedy, usual_rate
from nnlab.analysis.diagnosis.wording import loss_in_words
from nnlab.experiment import batches

RULE = "Learning rate too low"
LEAST_EPOCHS = 3
LEAST_STEPS = 100
# Below this the weights have hardly moved.
MOVED = 0.03
# Of the loss at the start: what the last two epochs took off it, each.
SLOW = 0.05
# The last epoch's fall beside the largest: a network that can do no better has slowed down.
STEADY = 0.5
# What the second half of the training took off the loss, where it creeps; seen in so many epochs.
# Of 36 trainings on numbers whose rate was far below the usual one, 30 are found so, and the others
# had learned all the same; of 104 that went well, none.
CREEPING = 0.03
CREEPING_EPOCHS = 10
# Of the loss at the start, or of guessing: an epoch's mean may be higher by chance, e.g. with
# dropout.
CHANCE = 0.01


def examine(case: Case) -> Outcome:
    """Whether the training loss falls evenly and slowly and is still high at the end.

    "If the learning rate is too low, learning proceeds slowly" (Goodfellow, Bengio and Courville,
    Deep Learning, 2016, section 8.3.1; section 11.4.1). A network that is too small or stuck falls
    fast at first and then not at all; here the last epochs do as much as the ones before.
    """
    losses, start = case.training_losses, case.start_loss
    steps = len(losses) * batches(case.experiment.training, max(case.images[0], 1)).steps_per_epoch
    if len(losses) < LEAST_EPOCHS or steps < LEAST_STEPS:
        return Unknown(
            RULE, f"it takes at least {LEAST_EPOCHS} epochs and {LEAST_STEPS} steps to tell"
        )
    begun, ended = loss_in_words(start), loss_in_words(losses[-1])
    words = f"the training loss came down from {begun} to {ended}"
    optimizer = case.experiment.training.optimizer
    low = optimizer.learning_rate < usual_rate(optimizer)
    slow = _even(losses, start) or (low and _creeps(losses, case.guessing_loss))
    if _learned(case) >= LEARNED or not slow:
        return Clear(RULE, words)
    changes = faster(case.experiment)
    epsilon = getattr(optimizer, "epsilon", 0.0)
    figures = [
        ("loss at the start", loss_in_words(start, 3)),
        ("training loss by epoch", " → ".join(loss_in_words(loss, 3) for loss in _some(losses))),
        ("optimizer", f"{optimizer.type}, learning rate {optimizer.learning_rate:g}"),
    ]
    usual = type(optimizer)()
    if epsilon > 1000 * getattr(usual, "epsilon", epsilon):
        changes["training.optimizer.epsilon"] = getattr(usual, "epsilon", epsilon)
        figures.append(("epsilon, which makes steps shorter still", f"{epsilon:g}"))
    pace = "has hardly moved" if _hardly_moved(losses, start) else "falls evenly but slowly"
    return Finding(
        RULE,
        Severity.WARNING,
        f"The learning rate is too low: after {len(losses)} epochs the loss is still"
        f" {ended}, from {begun} at the start, and {pace}.",
        Evidence(tuple(figures), LossChart()),
        remedy("Make the steps longer.", case.experiment, changes),
    )


def _learned(case: Case) -> float:
    """What share is gone of the loss at the start, or of that of guessing where this is lower.

    An untrained network can be far worse than guessing, most of all where losses are squared: to
    come down to guessing is not to have learned anything.
    """
    before = case.start_loss if case.penalised else min(case.start_loss, case.guessing_loss)
    return (before - case.training_losses[-1]) / before if before else 0.0


def _hardly_moved(losses: tuple[float, ...], start: float) -> bool:
    return abs(start - losses[-1]) < MOVED * start


def _even(losses: tuple[float, ...], start: float) -> bool:
    """Neither rises nor a slowing down, but slow."""
    falls = [before - after for before, after in pairwise(losses)]
    if min(falls) < -CHANCE * start:
        return False
    recent = (losses[-3] - losses[-1]) / 2
    steady = falls[-1] >= STEADY * max(falls) > 0
    return _hardly_moved(losses, start) or (steady and recent < SLOW * start)


def _creeps(losses: tuple[float, ...], guessing: float) -> bool:
    """Still falls in its second half, and so smoothly that its steps could be longer.

    An untrained network that is far worse than guessing gets back to it fast, at any rate; what
    comes then would be lost beside that.
    """
    second = losses[len(losses) // 2 - 1 :]
    if len(losses) < CREEPING_EPOCHS or second[0] - second[-1] < CREEPING * second[0]:
        return False
    return all(after - before <= CHANCE * guessing for before, after in pairwise(second))


def _some(losses: tuple[float, ...]) -> tuple[float, ...]:
    return losses if len(losses) <= 6 else (*losses[:3], *losses[-3:])
