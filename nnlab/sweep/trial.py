"""A trial as a sweep sees it: its settings, and what its run has shown so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nnlab.sweep.settings import Sweep


class Ended(StrEnum):
    """How a trial ended, as far as the next ones are concerned."""

    NOT_YET = "not yet"
    COMPLETE = "complete"
    PRUNED = "pruned"  # also what diverged: it was no use
    BROKEN = "broken"  # tells nothing


@dataclass(frozen=True)
class Trial:
    """One setting tried.

    Attributes:
        number: 0 for the first.
        chosen: values by path.
        figures: the objective at the end of each epoch, by epoch (1 is the first).
        ended: whether, and how.
    """

    number: int
    chosen: Mapping[str, Any]
    figures: Mapping[int, float]
    ended: Ended = Ended.NOT_YET

    def best(self, higher: bool) -> float | None:
        """The best figure over the epochs; None before the first has ended."""
        return (max if higher else min)(self.figures.values(), default=None)


def best_trial(sweep: Sweep, trials: Iterable[Trial]) -> Trial | None:
    """The one with the best figure, whether it has ended or not; of equals the first."""
    sign = 1 if sweep.higher_is_better else -1
    found: Trial | None = None
    best = float("-inf")
    for trial in trials:
        figure = trial.best(sweep.higher_is_better)
        if figure is not None and sign * figure > best:
            found, best = trial, sign * figure
    return found
