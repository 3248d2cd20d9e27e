"""The ticked runs with all that the parts of the page show of them, read once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nnlab.analysis.comparing.seed_groups import SEED, SeedGroup, seed_groups
from nnlab.datasets.catalog import Figure
from nnlab.datasets.told_settings import told_differences
from nnlab.experiment import setting_label
from nnlab.figures.many_runs import Result
from nnlab.figures.wall import in_words
from nnlab.runs.records import EpochRecord
from nnlab.runs.run import Run
from nnlab.runs.store import RunStore
from nnlab.ui.compare.by_figure import WORDS, figure_of

_NAMED = 3  # settings in a run's name


@dataclass(frozen=True)
class Subject:
    """What is compared.

    Attributes:
        runs: in the order in which they were ticked.
        epochs: their finished epochs by id.
        settings: those in which they differ by dotted path, a value a run.
        names: of the runs, each another.
        groups: the runs by what is alike but for the seed.
        group_names: of the groups, each another.
    """

    runs: tuple[Run, ...]
    epochs: dict[str, list[EpochRecord]]
    settings: dict[str, list[Any]]
    names: tuple[str, ...]
    groups: tuple[SeedGroup, ...]
    group_names: tuple[str, ...]

    @property
    def busy(self) -> bool:
        """Whether one of them trains or waits."""
        return any(run.active for run in self.runs)

    @cached_property
    def figure(self) -> Figure | None:
        """What all runs have beside the loss; None where some learn classes and some numbers."""
        return figure_of(run.experiment for run in self.runs)

    def results(self) -> list[Result]:
        """The figures that the runs ended with and can be compared by, those that any has."""
        every = [
            *self._tested(),
            Result("Test loss", tuple(run.test_loss for run in self.runs), False),
            *self._last("Training", ""),
            *self._last("Validation", "val_"),
            Result("Seconds of training", tuple(map(self._seconds, self.runs)), False),
        ]
        return [each for each in every if any(value is not None for value in each.values)]

    def _tested(self) -> list[Result]:
        figure = self.figure
        if figure is None:
            return []
        values = tuple(run.in_test(figure) for run in self.runs)
        return [Result(f"Test {WORDS[figure]}", values, figure == "accuracy")]

    def _last(self, part: str, prefix: str) -> list[Result]:
        """Of the last epoch."""
        last = [self.epochs[run.id][-1] if self.epochs[run.id] else None for run in self.runs]
        wanted = {} if self.figure is None else {WORDS[self.figure]: self.figure}
        return [
            Result(
                f"{part} {word}, last epoch",
                tuple(getattr(each, prefix + field) if each else None for each in last),
                field == "accuracy",
            )
            for word, field in (wanted | {"loss": "loss"}).items()
        ]

    def _seconds(self, run: Run) -> float | None:
        held = self.epochs[run.id]
        return sum(record.seconds for record in held) if held else None


def subject_of(store: RunStore, runs: Sequence[Run]) -> Subject:
    """Read what belongs to these runs, at least one."""
    settings = told_differences(run.experiment for run in runs)
    groups = seed_groups(runs)
    apart = told_differences(group.experiment for group in groups)
    apart.pop(SEED, None)
    return Subject(
        tuple(runs),
        store.epochs_of([run.id for run in runs]),
        settings,
        names_of([run.experiment.name for run in runs], settings, [run.id for run in runs]),
        tuple(groups),
        names_of([g.experiment.name for g in groups], apart, [g.key for g in groups]),
    )


def names_of(
    given: Sequence[str], settings: dict[str, list[Any]], ids: Sequence[str]
) -> tuple[str, ...]:
    """Names, each another one.

    The given ones, if they are. Else with the first settings that differ, or those alone where all
    are called alike; where that is not enough, with the beginning of the id.
    """
    if len(set(given)) == len(given):
        return tuple(given)
    alike = len(set(given)) == 1
    names = [_name("" if alike else name, settings, at) or name for at, name in enumerate(given)]
    count = Counter(names)
    return tuple(
        name if count[name] == 1 else f"{name} · {each[:6]}"
        for name, each in zip(names, ids, strict=True)
    )


def _name(name: str, settings: dict[str, list[Any]], at: int) -> str:
    held = [(path, values[at]) for path, values in settings.items() if values[at] is not None]
    words = ", ".join(f"{setting_label(path)} {in_words(value)}" for path, value in held[:_NAMED])
    return " · ".join(part for part in (name, words) if part)
