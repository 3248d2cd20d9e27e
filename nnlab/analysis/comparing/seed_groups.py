"""Runs of the same experiment under different seeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nnlab.datasets.told_settings import shortest
from nnlab.experiment import SEED_MAX, Experiment, with_settings
from nnlab.runs.run import Run
from nnlab.runs.states import RunState

SEED = "training.seed"


@dataclass(frozen=True)
class SeedGroup:
    """Runs that are alike in everything but the seed, a run a seed; `key` names what they share."""

    key: str
    runs: tuple[Run, ...]

    @property
    def experiment(self) -> Experiment:
        """Of the first run."""
        return self.runs[0].experiment

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seed of each run."""
        return tuple(run.experiment.training.seed for run in self.runs)

    @property
    def complete(self) -> tuple[Run, ...]:
        """Those that trained to their end and have a result: others do not compare with them."""
        return tuple(run for run in self.runs if _ended(run))


@lru_cache(maxsize=4000)
def group_key(experiment: Experiment) -> str:
    """The fingerprint of an experiment as it is with seed 0: alike for all its seeds.

    It is alike, too, whether a setting is left out or written down as what is meant then.
    """
    return with_seed(shortest(experiment), 0).fingerprint()


def with_seed(experiment: Experiment, seed: int) -> Experiment:
    """The same experiment under another seed.

    Raises:
        InvalidExperiment: a seed that is not from 0 to `SEED_MAX`.
    """
    return with_settings(experiment, {SEED: seed})


def seed_groups(runs: Sequence[Run]) -> list[SeedGroup]:
    """The runs grouped, in the order in which groups first appear.

    Of two runs with the same seed only one counts, one that has ended or else the first: the second
    repeats the first and would pass for agreement between seeds.
    """
    found: dict[str, dict[int, Run]] = {}
    for run in runs:
        group = found.setdefault(group_key(run.experiment), {})
        seed = run.experiment.training.seed
        if seed not in group or (_ended(run) and not _ended(group[seed])):
            group[seed] = run
    return [SeedGroup(key, tuple(group.values())) for key, group in found.items()]


def next_seeds(taken: Sequence[int], count: int) -> list[int]:
    """So many seeds that are not taken, counting up from the first one taken, round at the end."""
    held, candidate = set(taken), taken[0] if taken else 0
    seeds: list[int] = []
    while len(seeds) < count:
        candidate = (candidate + 1) % (SEED_MAX + 1)
        if candidate not in held:
            seeds.append(candidate)
    return seeds


def _ended(run: Run) -> bool:
    """A network from a file is no result of its settings: how it was trained is not known."""
    return run.complete and run.state == RunState.FINISHED and not run.brought_in
