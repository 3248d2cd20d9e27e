"""The run store: every process reads and writes runs through it."""

import math
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, case, delete, func, select, update
from sqlalchemy.orm import Session

from nnlab.experiment import Experiment
from nnlab.logs import event
from nnlab.runs.database import open_database
from nnlab.runs.locking import lock_run
from nnlab.runs.patience import patient
from nnlab.runs.records import EpochRecord, Point, Signal
from nnlab.runs.run import BROUGHT_IN, HOUSE, Run, RunNotFound, utc_now
from nnlab.runs.states import ACTIVE, RunState, may_follow
from nnlab.runs.tables import EpochRow, PointRow, RunRow, SteeringRow
from nnlab.runs.upsert import upsert

# So many runs' experiments are kept as they were read: pages ask for the same ones all the time.
KEPT_EXPERIMENTS = 500
FROM_A_FILE = (
    "Brought in from a file: this network was trained elsewhere, so there are no curves and no "
    "moments to go back to. It can be evaluated, looked into and drawn with."
)
_experiments: dict[str, tuple[Any, Experiment]] = {}


class RunStore:
    """Runs in a database. Safe to use from several threads and processes at once."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = open_database(url)

    # --- a run's life ---------------------------------------------------------------------

    def create(
        self, experiment: Experiment, owner: str, engine: str, run_id: str | None = None
    ) -> str:
        """A new queued run of the app process `engine`; its id cannot be guessed.

        Args:
            experiment: what is to be trained.
            owner: whose it is.
            engine: identity of the app process.
            run_id: for a run of which there must not be two, an id of its own.

        Raises:
            IntegrityError: there is a run with this `run_id`.
        """
        row = RunRow(
            id=run_id or secrets.token_hex(8),
            owner=owner,
            experiment=experiment.model_dump(mode="json"),
            state=RunState.QUEUED,
            engine=engine,
            created_at=utc_now(),
        )
        with Session(self.engine) as session, session.begin():
            session.add(row)
            run_id = row.id
        event("run queued", run=run_id)
        return run_id

    def add_brought_in(
        self, run_id: str, experiment: Experiment, owner: str, **tested: float | None
    ) -> None:
        """A finished run of a network that was trained elsewhere; its files are there already.

        `tested` are the columns with its test figures.
        """
        now = utc_now()
        row = RunRow(
            id=run_id,
            owner=owner,
            experiment=experiment.model_dump(mode="json"),
            state=RunState.FINISHED,
            engine=BROUGHT_IN,
            created_at=now,
            finished_at=now,
            message=FROM_A_FILE,
            **tested,
        )
        with Session(self.engine) as session, session.begin():
            session.add(row)
        event("run brought in", run=run_id)

    def get(self, run_id: str, owner: str | None = None) -> Run:
        """The run, if it exists and (where an owner is given) belongs to that owner.

        Raises:
            RunNotFound: otherwise.
        """
        with Session(self.engine) as session:
            row = session.get(RunRow, run_id)
            if row is None or (owner is not None and row.owner != owner):
                raise RunNotFound(run_id)
            return run_of(row)

    def readable(self, run_id: str, owner: str) -> Run:
        """The run, if its network may be used by `owner`: an own one, or one of the house.

        Raises:
            RunNotFound: otherwise.
        """
        run = self.get(run_id)
        if run.owner not in (owner, HOUSE):
            raise RunNotFound(run_id)
        return run

    def runs_of(self, owner: str, limit: int = 200) -> list[Run]:
        """An owner's runs, newest first."""
        query = (
            select(RunRow)
            .where(RunRow.owner == owner)
            .order_by(RunRow.created_at.desc(), RunRow.id)
            .limit(limit)
        )
        with Session(self.engine) as session:
            return [run_of(row) for row in session.scalars(query)]

    def count(self, owner: str) -> tuple[int, int]:
        """How many runs an owner has, and how many of them are active."""
        active = case((RunRow.state.in_(ACTIVE), 1), else_=0)
        query = select(func.count(), func.coalesce(func.sum(active), 0))
        with self.engine.connect() as connection:
            found = connection.execute(query.where(RunRow.owner == owner)).one()
        return int(found[0]), int(found[1])

    def active_runs(self) -> list[Run]:
        """Everybody's queued and running runs, oldest first."""
        query = select(RunRow).where(RunRow.state.in_(ACTIVE))
        query = query.order_by(RunRow.created_at, RunRow.id)
        with Session(self.engine) as session:
            return [run_of(row) for row in session.scalars(query)]

    def active_counts(self) -> dict[RunState, int]:
        """How many runs are queued and how many are running."""
        query = select(RunRow.state, func.count()).where(RunRow.state.in_(ACTIVE))
        with self.engine.connect() as connection:
            found = connection.execute(query.group_by(RunRow.state))
            return {RunState(state): count for state, count in found}

    @patient
    def move(self, run_id: str, state: RunState, **fields: Any) -> bool:
        """Go to `state`, setting columns on the way; False if that may not follow or is gone."""
        with self.engine.begin() as connection:
            moved = _move(connection, run_id, state, fields)
        return _tell(run_id, state, moved)

    @patient
    def pause_at(self, run_id: str, step: int) -> bool:
        """Pause a run that has come to the step to pause at.

        False where its owner has put that step off meanwhile, see `Steering.further`: the run is
        to go on.
        """
        until = select(SteeringRow.until_step).where(SteeringRow.run_id == run_id)
        with self.engine.begin() as connection:
            lock_run(connection, run_id)
            if (connection.scalar(until) or 0) > step:
                return False
            moved = _move(connection, run_id, RunState.PAUSED, {})
        return _tell(run_id, RunState.PAUSED, moved)

    @patient
    def set(self, run_id: str, **fields: Any) -> None:
        """Set columns of a run."""
        self._write(update(RunRow).where(RunRow.id == run_id).values(**fields))

    def delete(self, run_id: str, owner: str) -> None:
        """Forget a run that is not active, with its points and epochs.

        Raises:
            RunNotFound: no such run of this owner, or it is still active.
        """
        run = self.get(run_id, owner)
        if run.active:
            raise RunNotFound(run_id)
        self._write(delete(RunRow).where(RunRow.id == run_id))

    # --- steering -------------------------------------------------------------------------

    def request(self, run_id: str, signal: Signal) -> None:
        """Ask a running run to pause or stop."""
        self.set(run_id, requested=signal)

    def adopt(self, run_id: str, before: str | None, engine: str) -> bool:
        """Move an active run from the app process `before` to `engine`; False if it is not there.

        Of several that try it, one succeeds.
        """
        there = update(RunRow).where(
            RunRow.id == run_id, RunRow.engine == before, RunRow.state.in_(ACTIVE)
        )
        return self._write(there.values(engine=engine)) == 1

    # --- figures --------------------------------------------------------------------------

    @patient
    def add_points(self, run_id: str, points: Sequence[Point]) -> None:
        """Append to the live curve and move the run's position on.

        A point of a step that has one replaces it.
        """
        rows = [
            {
                "run_id": run_id,
                "step": point.step,
                "epoch": point.epoch,
                "loss": point.loss,
                "accuracy": point.accuracy,
                "mean_absolute_error": point.mean_absolute_error,
            }
            for point in points
        ]
        last = points[-1]
        position = (
            update(RunRow)
            .where(RunRow.id == run_id)
            .values(step=last.step, images_per_second=last.images_per_second)
        )
        with self.engine.begin() as connection:
            upsert(connection, PointRow, rows)
            connection.execute(position)

    def add_epoch(self, run_id: str, record: EpochRecord) -> None:
        """Append a finished epoch."""
        self.add_epochs(run_id, [record])

    @patient
    def add_epochs(self, run_id: str, records: Sequence[EpochRecord]) -> None:
        """Append finished epochs, in one transaction: a run may have thousands."""
        if not records:
            return
        rows = [
            {
                "run_id": run_id,
                "epoch": record.epoch,
                "loss": record.loss,
                "accuracy": record.accuracy,
                "val_loss": _finite(record.val_loss),
                "val_accuracy": _finite(record.val_accuracy),
                "seconds": record.seconds,
                "mean_absolute_error": record.mean_absolute_error,
                "val_mean_absolute_error": _finite(record.val_mean_absolute_error),
            }
            for record in records
        ]
        position = update(RunRow).where(RunRow.id == run_id).values(epoch=records[-1].epoch)
        with self.engine.begin() as connection:
            upsert(connection, EpochRow, rows)
            connection.execute(position)

    @patient
    def rewind(self, run_id: str, epoch: int, step: int) -> None:
        """Forget figures after `epoch` whole epochs and `step` steps of the whole training."""
        with Session(self.engine) as session, session.begin():
            session.execute(delete(PointRow).where(PointRow.run_id == run_id, PointRow.step > step))
            session.execute(
                delete(EpochRow).where(EpochRow.run_id == run_id, EpochRow.epoch > epoch)
            )
            session.execute(
                update(RunRow).where(RunRow.id == run_id).values(epoch=epoch, step=step)
            )

    def points(self, run_id: str, after_step: int = 0) -> list[Point]:
        """The live curve after a step, in order. Speeds are not kept and read as 0."""
        columns = (PointRow.step, PointRow.epoch, PointRow.loss, PointRow.accuracy,
                   PointRow.mean_absolute_error)  # fmt: skip
        query = (
            select(*columns)
            .where(PointRow.run_id == run_id, PointRow.step > after_step)
            .order_by(PointRow.step)
        )
        with self.engine.connect() as connection:
            return [Point(*row[:4], 0.0, row[4]) for row in connection.execute(query)]

    def epochs(self, run_id: str) -> list[EpochRecord]:
        """The finished epochs, in order."""
        return self.epochs_of([run_id])[run_id]

    def epochs_of(self, run_ids: Sequence[str]) -> dict[str, list[EpochRecord]]:
        """The finished epochs of several runs in one query."""
        found: dict[str, list[EpochRecord]] = {run_id: [] for run_id in run_ids}
        if not found:
            return found
        columns = (EpochRow.loss, EpochRow.accuracy, EpochRow.val_loss, EpochRow.val_accuracy)
        errors = (EpochRow.mean_absolute_error, EpochRow.val_mean_absolute_error)
        query = select(EpochRow.run_id, EpochRow.epoch, *columns, EpochRow.seconds, *errors)
        query = query.where(EpochRow.run_id.in_(found)).order_by(EpochRow.epoch)
        with self.engine.connect() as connection:
            for row in connection.execute(query):
                found[row[0]].append(EpochRecord(*row[1:]))
        return found

    def _write(self, statement: Any) -> int:
        """Execute it; returns how many rows it met."""
        with self.engine.begin() as connection:
            return connection.execute(statement).rowcount


def _move(
    connection: Connection, run_id: str, state: RunState, fields: dict[str, Any]
) -> Row | None:
    before = [each for each in RunState if may_follow(each, state)]
    ended = {} if state in ACTIVE else {"finished_at": utc_now()}
    # One statement: between a look and a write, another process could have moved the run.
    found = update(RunRow).where(RunRow.id == run_id, RunRow.state.in_(before))
    found = found.values(state=state, requested=None, **ended, **fields)
    return connection.execute(found.returning(RunRow.created_at, RunRow.step)).first()


def _tell(run_id: str, state: RunState, moved: Row | None) -> bool:
    """To the log, of a run that has been moved; False for one that has not."""
    if moved is None:
        return False
    seconds = round((utc_now() - moved.created_at).total_seconds(), 3)
    event(f"run {state}", run=run_id, state=str(state), seconds=seconds, steps=moved.step)
    return True


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _experiment(row: RunRow) -> Experiment:
    """Read anew only where it is not the one that was read last for this run."""
    known = _experiments.get(row.id)
    if known is None or known[0] != row.experiment:
        known = (row.experiment, Experiment.model_validate(row.experiment))
        if len(_experiments) >= KEPT_EXPERIMENTS:
            _experiments.clear()  # at once, as it costs nothing and needs no lock
        _experiments[row.id] = known
    return known[1]


def run_of(row: RunRow) -> Run:
    """A run out of its row."""
    return told_run(
        row,
        _experiment(row),
        id=row.id,
        owner=row.owner,
        requested=row.requested,
        engine=row.engine,
    )


def told_run(row: Any, experiment: Experiment, **named: Any) -> Run:
    """A run out of its row, or of the same columns; `named` are its fields that are told apart."""
    return Run(
        experiment=experiment,
        state=RunState(row.state),
        created_at=row.created_at,
        finished_at=row.finished_at,
        epoch=row.epoch,
        step=row.step,
        steps_per_epoch=row.steps_per_epoch,
        images_per_second=row.images_per_second,
        test_loss=row.test_loss,
        test_accuracy=row.test_accuracy,
        test_mean_absolute_error=row.test_mean_absolute_error,
        message=row.message,
        **named,
    )
