"""The ticked runs with all that the parts of the page show of them, read once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nnlab.analysis.comparing.seed_groups import SEED, SeedGroup, seed_groups
from nnlab.experiment import differing, setting_label, settings_of
from nnlab.figures.many_runs import Result
from nnlab.figures.wall import in_words
from nnlab.runs.records import EpochRecord
from nnlab.runs.run import Run
from nnlab.runs.store import RunStore

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

    def results(self) -> list[Result]:
        """The figures that the runs ended with, those that any of them has."""
        last = [self.epochs[run.id][-1] if self.epochs[run.id] else None for run in self.runs]
        every = [
            Result("Test accuracy", tuple(run.test_accuracy for run in self.runs), True),
            Result("Test loss", tuple(run.test_loss for run in self.runs), False),
            *(
                Result(name, tuple(getattr(each, field) if each else None for each in last), share)
                for name, field, share in _LAST
            ),
            Result("Seconds of training", tuple(map(self._seconds, self.runs)), False),
        ]
        return [each for each in every if any(value is not None for value in each.values)]

    def _seconds(self, run: Run) -> float | None:
        held = self.epochs[run.id]
        return sum(record.seconds for record in held) if held else None


_LAST = (
    ("Training accuracy, last epoch", "accuracy", True),
    ("Training loss, last epoch", "loss", False),
    ("Validation accuracy, last epoch", "val_accuracy", True),
    ("Validation loss, last epoch", "val_loss", False),
)


def subject_of(store: RunStore, runs: Sequence[Run]) -> Subject:
    """Read what belongs to these runs, at least one."""
    settings = differing([settings_of(run.experiment) for run in runs])
    groups = seed_groups(runs)
    apart = differing([settings_of(group.experiment) for group in groups])
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
