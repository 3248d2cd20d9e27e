"""Means of a few epochs, where single ones vary too much to be compared."""

from dataclasses import replace

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.facts import Series

# Of so many epochs. Points are few, and learned from for many epochs, so that the lowest of all
# single losses is a lucky one: in 102 of 104 trainings on numbers that went well, losses rose by up
# to 13 % of the loss of guessing from one epoch to a later one, means of three by up to 6 %.
SMOOTHED = 3


def smoothed_epochs(case: Case) -> int:
    """Of how many epochs means are taken for this case: 1 for images."""
    return SMOOTHED if case.things == "points" else 1


def running_means(losses: tuple[float, ...], width: int) -> tuple[float, ...]:
    """Of so many losses in a row each; none where there are fewer."""
    return tuple(sum(losses[i : i + width]) / width for i in range(len(losses) - width + 1))


def steadied(series: Series, width: int) -> Series:
    """Means of that odd number of epochs, each at the middle one."""
    cut = slice(width // 2, len(series.epochs) - width // 2)
    means = running_means(series.losses, width)
    return replace(
        series, epochs=series.epochs[cut], losses=means, accuracies=series.accuracies[cut]
    )
