"""The runs of a wall that a look shows, and the settings in which they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nnlab.datasets.catalog import Figure
from nnlab.datasets.titles import with_titles
from nnlab.experiment import differing
from nnlab.figures.curves import Metric
from nnlab.rooms.room import Room
from nnlab.rooms.wall import WallRun
from nnlab.ui.kinds import learns_numbers
from nnlab.ui.room.apart import told_apart
from nnlab.ui.room.last_made import LastMade
from nnlab.ui.room.look import Look

Columns = dict[str, list[Any]]

_made = LastMade(16)
_done = LastMade(16)


@dataclass(frozen=True, eq=False)
class Shown:
    """Shared by all visitors with the same filters; to be read only.

    Attributes:
        runs: newest first.
        settings: by dotted path, a value a run; those that differ only.
    """

    runs: list[WallRun]
    settings: Columns

    @cached_property
    def figure(self) -> Figure:
        """What the runs are compared by."""
        return figure_of(self.runs)

    @cached_property
    def differences(self) -> list[str]:
        """The settings that tell each run from others, in words."""
        return told_apart([run.task for run in self.runs], self.settings)

    def metric(self, look: Look) -> Metric:
        """What curves show."""
        return "loss" if look.metric == "loss" else self.figure


def figure_of(runs: Sequence[WallRun]) -> Figure:
    """The error where every run learns a number, else the accuracy, which such runs do not have."""
    numbers = bool(runs) and all(learns_numbers(run.run) for run in runs)
    return "mean_absolute_error" if numbers else "accuracy"


def shown_runs(look: Look, runs: Sequence[WallRun]) -> Shown:
    """What the filters of a look leave of a wall, as `Rooms.wall` tells it."""

    def make() -> Shown:
        return _shown(look.of(runs))

    return _made.get(look.filters, runs, make)


def done_runs(look: Look, shown: Shown) -> Shown:
    """Those of them that have the figure in a test, and the settings in which these differ."""

    def make() -> Shown:
        return _shown([run for run in shown.runs if run.run.in_test(shown.figure) is not None])

    return _done.get(look.filters, shown, make)


def _shown(runs: list[WallRun]) -> Shown:
    return Shown(runs, with_titles(differing([run.settings for run in runs])))


def is_mine(room: Room, run: WallRun) -> bool:
    """Whether it is the one's who looks."""
    return room.me is not None and run.member == room.me.id


def name_of(room: Room, run: WallRun) -> str:
    """The nickname; the one's who looks is marked, and not by a colour alone."""
    return f"{run.nickname} (you)" if is_mine(room, run) else run.nickname
