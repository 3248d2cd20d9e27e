"""One published figure beside what our runs of its recipe gave."""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nnlab.experiment import Experiment, with_settings
from nnlab.recipes import Published, Recipe
from nnlab.runs.records import EpochRecord
from nnlab.runs.run import Run
from nnlab.runs.states import RunState


class Verdict(StrEnum):
    """Whether our figure is the published one."""

    AGREES = "agrees"
    DIFFERS = "differs"
    MISSING = "not run yet"


@dataclass(frozen=True)
class Comparison:
    """A published figure and ours, one for each seed that was run."""

    published: Published
    ours: tuple[float, ...]

    @property
    def mean(self) -> float | None:
        """Over the seeds; None before the first run."""
        return statistics.fmean(self.ours) if self.ours else None

    @property
    def spread(self) -> float | None:
        """Sample standard deviation over the seeds; None for fewer than two."""
        return statistics.stdev(self.ours) if len(self.ours) > 1 else None

    @property
    def difference(self) -> float | None:
        """Our mean less the nearer end of the published range; 0 inside it."""
        return None if self.mean is None else self.published.difference(self.mean)

    @property
    def verdict(self) -> Verdict:
        """By our mean and the tolerance that the figure is published with."""
        if self.mean is None:
            return Verdict.MISSING
        return Verdict.AGREES if self.published.agrees(self.mean) else Verdict.DIFFERS


def experiments_of(recipe: Recipe) -> tuple[Experiment, ...]:
    """The recipe's experiment, once for each seed that it is to be repeated with."""
    first = recipe.experiment.training.seed
    return tuple(
        recipe.experiment
        if not more
        else with_settings(recipe.experiment, {"training.seed": first + more})
        for more in range(recipe.seeds)
    )


def results_of(recipe: Recipe, runs: Iterable[Run]) -> list[Run]:
    """For each seed the newest finished run of exactly the recipe's experiment.

    Args:
        recipe: whose experiments are looked for, by their fingerprints.
        runs: newest first, as the store gives them.
    """
    newest: dict[str, Run] = {}
    for run in runs:
        if run.state == RunState.FINISHED and not run.brought_in:
            newest.setdefault(run.experiment.fingerprint(), run)
    wanted = [experiment.fingerprint() for experiment in experiments_of(recipe)]
    return [newest[fingerprint] for fingerprint in wanted if fingerprint in newest]


def compare(
    recipe: Recipe, runs: Sequence[Run], epochs: Mapping[str, Sequence[EpochRecord]]
) -> list[Comparison]:
    """Each published figure of `recipe` beside those of `runs`.

    Args:
        recipe: with the published figures.
        runs: finished runs of it, as from `results_of`.
        epochs: each run's finished epochs, by the run's id.
    """
    comparisons = []
    for published in recipe.published:
        values = [_value(published, run, epochs[run.id]) for run in runs]
        found = tuple(value for value in values if value is not None)
        comparisons.append(Comparison(published, found))
    return comparisons


def training_seconds(runs: Iterable[Run], epochs: Mapping[str, Sequence[EpochRecord]]) -> float:
    """Time that the runs spent in training and validation."""
    return sum(record.seconds for run in runs for record in epochs[run.id])


def _value(published: Published, run: Run, epochs: Sequence[EpochRecord]) -> float | None:
    if published.metric.startswith("test_"):
        return getattr(run, published.metric)
    position = len(epochs) if published.epoch is None else published.epoch
    if not 1 <= position <= len(epochs):
        return None
    return getattr(epochs[position - 1], published.metric)
