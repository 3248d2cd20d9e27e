"""A network made ready before anybody trains it."""

import math
import time
from dataclasses import dataclass, field

from nnlab.datasets import Splits
from nnlab.experiment import Experiment
from nnlab.runs.records import Request
from nnlab.training.evaluate import evaluate
from nnlab.training.fit import fit
from nnlab.training.kept import Kept
from nnlab.training.workshop import made_ready

MOST_SECONDS = 1.0  # of training


def practise(experiment: Experiment, splits: Splits) -> None:
    """Build, trace and try out a network of the experiment's structure, unless there is one.

    A run that follows has nothing left to trace, down to Keras's own first calls. It takes up to
    two seconds; a run that comes meanwhile waits for the rest of them.
    """
    with made_ready(experiment, splits) as compiled:
        if compiled is None:
            return
        short = experiment.training.model_copy(update={"epochs": 1, "early_stopping": None})
        tried = experiment.model_copy(update={"training": short})
        kept = Kept.of(tried, splits, records=True)
        fit(tried, splits, Nobody(MOST_SECONDS), compiled=compiled, kept=kept)
        evaluate(compiled, splits)


@dataclass
class Nobody:
    """A reporter that hears nothing and asks to stop after so many `seconds`."""

    seconds: float = math.inf
    _began: float = field(default_factory=time.perf_counter)

    def point(self, point: object) -> None:
        """Not kept."""

    def epoch(self, record: object) -> None:
        """Not kept."""

    def moment(self, moment: object) -> None:
        """Not kept."""

    def checkpoint(self, checkpoint: object, *, best: bool = False) -> None:
        """Not kept."""

    def requested(self) -> Request | None:
        """To stop, when it is time."""
        return "stop" if time.perf_counter() - self._began > self.seconds else None
