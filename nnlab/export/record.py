"""A run with its curves, as every export needs it."""

from dataclasses import dataclass
from typing import Self

from nnlab.runs.history import History
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.run import Run
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore


@dataclass(frozen=True)
class RunRecord:
    """Plain data, to be written into files.

    Attributes:
        run: as the store has it.
        points: of its live curve.
        epochs: those that are finished.
        threads: that the worker's arithmetic had.
    """

    run: Run
    points: tuple[Point, ...]
    epochs: tuple[EpochRecord, ...]
    threads: int = 1

    @classmethod
    def of(cls, run: Run, store: RunStore, threads: int) -> Self:
        """Read from the store."""
        history = History(run.id)
        history.follow(store, run)
        return cls(run, tuple(history.points), tuple(history.epochs), threads)

    @property
    def stopped_after(self) -> int | None:
        """Steps after which Stop was pressed; None for a run that ended by itself, or has not."""
        return self.run.step if self.run.state == RunState.STOPPED else None

    def columns(self) -> tuple[dict[str, list[float | None]], dict[str, list[float | None]]]:
        """The live curve and the finished epochs as columns."""
        history = History(self.run.id, list(self.points), list(self.epochs))
        return history.point_columns(), history.epoch_columns()
