"""A sweep: what is varied, how, and how often."""

from typing import Any, Literal

from pydantic import Field, ValidationError

from nnlab.datasets import info_of
from nnlab.datasets.catalog import Figure
from nnlab.experiment import Experiment, InvalidExperiment, Problem, Settings
from nnlab.experiment.problems import problems_of
from nnlab.experiment.training import SEED_MAX
from nnlab.sweep.axis import Axis

MOST_TRIALS = 60
MOST_AXES = 6
Strategy = Literal["grid", "one at a time", "random", "guided"]
Objective = Literal["val_accuracy", "val_mean_absolute_error", "val_loss"]
_OF_FIGURE: dict[Figure, Objective] = {
    "accuracy": "val_accuracy", "mean_absolute_error": "val_mean_absolute_error",
}  # fmt: skip


class Sweep(Settings):
    """One experiment, the settings that vary, and a budget.

    Attributes:
        experiment: what all trials have in common.
        axes: what varies.
        strategy: `grid` tries every combination; `one at a time` the experiment itself and then
            each change by itself; `random` draws; `guided` draws where earlier trials did well
            (Tree-structured Parzen Estimator, Bergstra et al. 2011, by Optuna).
        trials: the budget; fewer run where there are fewer combinations.
        objective: which figure tells trials apart, the best over their epochs; see `objectives`.
        pruning: trials that are worse than half of the earlier ones were at the same epoch end
            early (Optuna's median rule).
        seed: of what is drawn.
        lesson: name of the course's exercises that it is, which the page then compares.
    """

    experiment: Experiment = Experiment()
    axes: tuple[Axis, ...] = Field((), max_length=MOST_AXES)
    strategy: Strategy = "grid"
    trials: int = Field(12, ge=1, le=MOST_TRIALS)
    objective: Objective = "val_accuracy"
    pruning: bool = False
    seed: int = Field(0, ge=0, le=SEED_MAX)
    lesson: str | None = Field(None, max_length=40)

    @property
    def higher_is_better(self) -> bool:
        """Whether the objective is to be large."""
        return self.objective == "val_accuracy"


def objectives(experiment: Experiment) -> tuple[Objective, Objective]:
    """What the trials of an experiment can be told apart by, the usual one first.

    Where a number is learned there is no accuracy, and where classes are, no absolute error.

    Raises:
        UnknownDataset: no such set.
    """
    return _OF_FIGURE[info_of(experiment.dataset).figure], "val_loss"


def parse_sweep(data: Any) -> Sweep:
    """The Sweep that a mapping describes.

    Raises:
        InvalidExperiment: with the field and what is allowed, for every problem.
    """
    try:
        return Sweep.model_validate(data)
    except ValidationError as error:
        raise InvalidExperiment(problems_of(error, _limits)) from None


def _limits(loc: tuple[int | str, ...]) -> tuple[Any, Any]:
    return {"trials": (1, MOST_TRIALS), "seed": (0, SEED_MAX)}.get(str(loc[-1]), (None, None))


def refused(field: str, message: str) -> InvalidExperiment:
    """One problem of a sweep."""
    return InvalidExperiment([Problem(field, message)])
