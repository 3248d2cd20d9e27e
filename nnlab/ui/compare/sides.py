"""The settings that are compared, each with its seeds: those ticked, and what Train shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from nnlab.analysis.comparing.seed_groups import (
    SEED,
    SeedGroup,
    group_key,
    next_seeds,
    seed_groups,
    with_seed,
)
from nnlab.datasets.told_settings import told_differences
from nnlab.experiment import Experiment
from nnlab.runs.run import Run
from nnlab.runs.run_search import RunSearch
from nnlab.ui.compare.subject import Subject, names_of
from nnlab.ui.plain import plain

MOST_SIDES = 6


@dataclass(frozen=True)
class Side:
    """A setting.

    Attributes:
        key: of its group of seeds.
        name: plain text, another one for each side.
        experiment: under one of its seeds.
        ticked: its runs that are compared, a run a seed.
        own: all of the visitor's runs of it, ticked or not, a run a seed.
    """

    key: str
    name: str
    experiment: Experiment
    ticked: tuple[Run, ...]
    own: tuple[Run, ...]

    @property
    def told(self) -> str:
        """The name as Markdown."""
        return plain(self.name)

    @property
    def results(self) -> list[Run]:
        """Ticked runs that trained to their end."""
        return list(SeedGroup(self.key, self.ticked).complete)

    @property
    def known(self) -> int:
        """Results that the visitor has of it, ticked or not."""
        return len(SeedGroup(self.key, self.own).complete)

    @property
    def unticked(self) -> list[Run]:
        """Others of it that have ended or are under way."""
        ticked = {run.experiment.training.seed for run in self.ticked}
        return [r for r in _good(self.own) if r.experiment.training.seed not in ticked]

    def missing(self, seeds: int) -> list[Experiment]:
        """What has to be trained until there are so many seeds that have ended or are under way."""
        taken = [run.experiment.training.seed for run in self.own]
        lacking = max(seeds - len(_good(self.own)), 0)
        if not taken:
            first = self.experiment.training.seed
            new = [first, *next_seeds([first], lacking - 1)] if lacking else []
        else:
            new = next_seeds(taken, lacking)
        return [with_seed(self.experiment, seed) for seed in new]


def sides_of(
    search: RunSearch, owner: str, subject: Subject, more: Sequence[Experiment] = ()
) -> list[Side]:
    """The ticked runs' settings in their order, then those of `more` that are none of them."""
    groups = {group.key: group.runs for group in subject.groups}
    experiments = {group.key: group.experiment for group in subject.groups}
    for experiment in more:
        experiments.setdefault(group_key(experiment), experiment)
    apart = told_differences(experiments.values())
    apart.pop(SEED, None)
    given = [each.name for each in experiments.values()]
    names = names_of(given, apart, list(experiments))
    return [
        Side(key, name, experiment, groups.get(key, ()), _own(search, owner, key, experiment))
        for name, (key, experiment) in zip(names, experiments.items(), strict=True)
    ]


def _own(search: RunSearch, owner: str, key: str, experiment: Experiment) -> tuple[Run, ...]:
    alike = [r for r in search.like(owner, experiment) if group_key(r.experiment) == key]
    return seed_groups(alike)[0].runs if alike else ()


def _good(runs: Sequence[Run]) -> list[Run]:
    """Those that have a result or will have one."""
    complete = SeedGroup("", tuple(runs)).complete
    return [run for run in runs if run.active or run in complete]
