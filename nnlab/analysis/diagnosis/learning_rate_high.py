"""A learning rate that is too high: the loss shoots up, or rises where it should fall."""

import math

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
from nnlab.analysis.diagnosis.smoothing import running_means, smoothed_epochs
from nnlab.analysis.diagnosis.wording import loss_in_words
from nnlab.experiment import batches
from nnlab.runs.records import Point

RULE = "Learning rate too high"
# Times the loss at the start. Of 106 measured trainings, 42 ended above 90 % accuracy, and 41 of
# these stayed below 1.3; the other one, RMSprop with a rate of 0.1, lost most of its units.
OVERSHOOT = 1.5
# Of the loss of guessing: a rise of an epoch's mean training loss above the lowest before it. On
# points, means of three epochs rose by up to 0.064 in 103 of 104 trainings on numbers that went
# well.
RISE = {"images": 0.05, "points": 0.1}
# Times the chance error of a mean loss, which is about its mean by the root of the images.
CHANCE = 4.0
# A mean over fewer images can be high by chance.
LEAST_IMAGES = 20


def examine(case: Case) -> Outcome:
    """Whether the training loss shot up at first, or rose later on.

    "If it is too large, the learning curve will show violent oscillations, with the cost function
    often increasing significantly" (Goodfellow, Bengio and Courville, Deep Learning, 2016, section
    8.3.1; section 11.4.1: beyond the best rate, the training error rises).
    """
    if not case.points and not case.epochs:
        return Unknown(RULE, "nothing has been learned yet")
    means, start = _means(case), _start(case)
    high = [point for point, n in means if point.loss > _overshoot(case, n) * start]
    if high:
        return _overshot(case, max(high, key=lambda point: point.loss))
    width = smoothed_epochs(case)
    losses = running_means(case.training_losses, width)
    epoch, rise = largest_rise(losses)
    if rise > _worth_mentioning(case):
        return _rose(case, losses, epoch, width)
    peak = max((point.loss for point, _ in means), default=None)
    highest = f"highest {loss_in_words(peak)}, " if peak is not None else ""
    return Clear(
        RULE,
        f"the training loss never shot up ({highest}{loss_in_words(case.start_loss)} at the start)"
        " nor rose from epoch to epoch",
    )


def _overshoot(case: Case, images: int) -> float:
    """Batches of points are often of ten, and a mean over few of them is high by chance."""
    by_chance = CHANCE / math.sqrt(images) if case.things == "points" else 0.0
    return OVERSHOOT + by_chance


def _start(case: Case) -> float:
    """The loss before the first update; batch normalization makes another one while training."""
    first = [point.loss for point in case.points[:1] if point.step == 1]
    return max([case.start_loss, *filter(math.isfinite, first)])


def _means(case: Case) -> list[tuple[Point, int]]:
    """The points that are means over enough images, and of how many."""
    counted = batches(case.experiment.training, max(case.images[0], 1))
    steps = [0, *(point.step for point in case.points)]
    counts = (
        (point, (point.step - before) * counted.batch_size)
        for point, before in zip(case.points, steps, strict=False)
    )
    return [(p, n) for p, n in counts if math.isfinite(p.loss) and n >= LEAST_IMAGES]


def largest_rise(losses: tuple[float, ...]) -> tuple[int, float]:
    """The epoch (1 is the first) whose loss is furthest above the lowest before it, and by what."""
    rises = [(losses[i] - min(losses[:i]), i + 1) for i in range(1, len(losses))]
    rise, epoch = max(rises, default=(0.0, 0))
    return epoch, rise


def _worth_mentioning(case: Case) -> float:
    lowest = min(case.training_losses, default=0.0)
    by_chance = CHANCE * lowest / math.sqrt(max(case.images[0], 1))
    return max(RISE[case.things] * case.guessing_loss, by_chance)


def _overshot(case: Case, peak: Point) -> Finding:
    where = f"by step {peak.step:,}"
    return _finding(
        case,
        Severity.PROBLEM,
        f"The learning rate is too high: the loss shot up from {loss_in_words(case.start_loss)} to"
        f" {loss_in_words(peak.loss)} {where}.",
        (("highest loss", f"{loss_in_words(peak.loss)} {where}"),),
        LossChart(peak.epoch, "highest"),
    )


def _rose(case: Case, losses: tuple[float, ...], epoch: int, width: int) -> Finding:
    """Told of single epochs, or of the middle one of those that a mean is of."""
    lowest = min(range(epoch - 1), key=losses.__getitem__)
    later, of = width // 2, f" (means of {width} epochs)" if width > 1 else ""
    return _finding(
        case,
        Severity.WARNING,
        f"The learning rate is too high: the training loss rose from"
        f" {loss_in_words(losses[lowest])} in epoch {lowest + 1 + later} to"
        f" {loss_in_words(losses[epoch - 1])} in epoch {epoch + later}, where it should fall.",
        ((f"training loss{of}", f"{losses[lowest]:.4f} → {losses[epoch - 1]:.4f}"),),
        LossChart(float(epoch + later), "risen"),
    )


def _finding(
    case: Case,
    severity: Severity,
    statement: str,
    figures: tuple[tuple[str, str], ...],
    chart: LossChart,
) -> Finding:
    optimizer = case.experiment.training.optimizer
    common = (
        ("loss at the start", loss_in_words(case.start_loss)),
        ("optimizer", f"{optimizer.type}, learning rate {optimizer.learning_rate:g}"),
    )
    return Finding(
        RULE,
        severity,
        statement,
        Evidence((*figures, *common), chart),
        remedy("Make the steps shorter.", case.experiment, slower(case.experiment)),
    )
