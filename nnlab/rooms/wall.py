"""The wall: all runs of a room, read for all who look at it together.

Thirty browsers look every two seconds. A process therefore reads a room once a second at most, and
each time only what has changed: settings are read once a run, a curve when its run has moved on.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from nnlab.datasets.told_settings import told_settings
from nnlab.experiment import Experiment
from nnlab.experiment.flat import Flat
from nnlab.rooms.thinned import Curve, thinned_curves
from nnlab.runs.records import EpochRecord
from nnlab.runs.room_tables import RoomMemberRow, RoomRunRow
from nnlab.runs.run import Run
from nnlab.runs.store import told_run
from nnlab.runs.tables import EpochRow, RunRow

FRESH_SECONDS = 1.0
# The newest runs; more would be no wall but a wallpaper.
MOST_SHOWN = 1000
_ROOMS_KEPT = 16

_RUN_COLUMNS = (
    RunRow.id, RunRow.state, RunRow.created_at, RunRow.finished_at, RunRow.epoch, RunRow.step,
    RunRow.steps_per_epoch, RunRow.images_per_second, RunRow.test_loss, RunRow.test_accuracy,
    RunRow.message, RunRow.test_mean_absolute_error,
)  # fmt: skip
_EPOCH_COLUMNS = (
    EpochRow.loss, EpochRow.accuracy, EpochRow.val_loss, EpochRow.val_accuracy, EpochRow.seconds,
    EpochRow.mean_absolute_error, EpochRow.val_mean_absolute_error,
)  # fmt: skip


@dataclass(frozen=True)
class WallRun:
    """A run as the wall shows it.

    Attributes:
        key: its name on the wall.
        member: id of the member whose it is.
        nickname: of that member.
        task: number of the task it counts for, None for none.
        run: state and figures; its id and owner are left out.
        settings: by dotted path.
        curve: the training curve, thinned.
        latest: figures of the last finished epoch, None before the first has ended.
    """

    key: str
    member: str
    nickname: str
    task: int | None
    run: Run
    settings: Flat
    curve: Curve
    latest: EpochRecord | None


@dataclass
class _Reading:
    """A room as it was read last."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    at: float = float("-inf")
    rows: list[Row[Any]] = field(default_factory=list)
    runs: tuple[WallRun, ...] = ()
    experiments: dict[str, tuple[Experiment, Flat]] = field(default_factory=dict)
    curves: dict[str, tuple[int, Curve]] = field(default_factory=dict)


class Walls:
    """Walls as this process has read them. It asks nobody who looks: `Rooms` does."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._lock = threading.Lock()
        self._readings: OrderedDict[str, _Reading] = OrderedDict()

    def read(self, code: str) -> tuple[WallRun, ...]:
        """A room's newest runs, oldest first, as they stood a second ago or later.

        The same object as long as nothing has changed.
        """
        reading = self._reading(code)
        with reading.lock:
            if time.monotonic() - reading.at >= FRESH_SECONDS:
                with self.engine.connect() as connection:
                    _refresh(reading, connection, code)
                reading.at = time.monotonic()
            return reading.runs

    def forget(self, code: str) -> None:
        """Read a room anew at the next look."""
        with self._lock:
            self._readings.pop(code, None)

    def _reading(self, code: str) -> _Reading:
        with self._lock:
            reading = self._readings.setdefault(code, _Reading())
            self._readings.move_to_end(code)
            while len(self._readings) > _ROOMS_KEPT:
                self._readings.popitem(last=False)
            return reading


def _refresh(reading: _Reading, connection: Connection, code: str) -> None:
    rows = _rows(connection, code)
    if rows == reading.rows:  # `runs` stays the same object, which tells that nothing is new
        return
    steps = {row.id: row.step for row in rows}
    _read_experiments(reading, connection, steps)
    _read_curves(reading, connection, steps)
    # One that was deleted in this moment has no experiment any more.
    reading.rows = rows
    reading.runs = tuple(_wall_run(row, reading) for row in rows if row.id in reading.experiments)


def _rows(connection: Connection, code: str) -> list[Row[Any]]:
    query = (
        select(RoomRunRow.key, RoomRunRow.member, RoomRunRow.task, RoomMemberRow.nickname)
        .add_columns(*_RUN_COLUMNS, *_EPOCH_COLUMNS)
        .join(RoomMemberRow, RoomRunRow.member == RoomMemberRow.id)
        .join(RunRow, RoomRunRow.run_id == RunRow.id)
        .outerjoin(EpochRow, (EpochRow.run_id == RunRow.id) & (EpochRow.epoch == RunRow.epoch))
        .where(RoomRunRow.code == code)
        .order_by(RunRow.created_at.desc(), RunRow.id)
        .limit(MOST_SHOWN)
    )
    return list(reversed(connection.execute(query).all()))


def _read_experiments(reading: _Reading, connection: Connection, ids: Iterable[str]) -> None:
    known = {run_id: reading.experiments.get(run_id) for run_id in ids}
    new = [run_id for run_id, found in known.items() if found is None]
    reading.experiments = {run_id: found for run_id, found in known.items() if found}
    if not new:
        return
    query = select(RunRow.id, RunRow.experiment).where(RunRow.id.in_(new))
    for run_id, data in connection.execute(query):
        experiment = Experiment.model_validate(data)
        reading.experiments[run_id] = experiment, told_settings(experiment)


def _read_curves(reading: _Reading, connection: Connection, steps: dict[str, int]) -> None:
    """A run's points are written together with its step, so the step tells what is new."""
    moved = [run_id for run_id, step in steps.items() if _step(reading, run_id) != step]
    found = thinned_curves(connection, moved)
    kept = {run_id: reading.curves[run_id] for run_id in steps if run_id not in found}
    reading.curves = kept | {run_id: (steps[run_id], found[run_id]) for run_id in found}


def _step(reading: _Reading, run_id: str) -> int | None:
    known = reading.curves.get(run_id)
    return known and known[0]


def _wall_run(row: Row[Any], reading: _Reading) -> WallRun:
    experiment, settings = reading.experiments[row.id]
    run = told_run(row, experiment, id="", owner="")
    curve = reading.curves[row.id][1]
    latest = _latest(row)
    return WallRun(row.key, row.member, row.nickname, row.task, run, settings, curve, latest)


def _latest(row: Row[Any]) -> EpochRecord | None:
    if row.loss is None:
        return None
    return EpochRecord(
        row.epoch, row.loss, row.accuracy, row.val_loss, row.val_accuracy, row.seconds,
        row.mean_absolute_error, row.val_mean_absolute_error,
    )  # fmt: skip
