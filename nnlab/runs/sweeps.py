"""Sweeps and their trials in the store. What a sweep consists of is JSON here."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, delete, func, or_, select, update
from sqlalchemy.orm import Session

from nnlab.runs.run import utc_now
from nnlab.runs.sweep_tables import SweepRow, TrialRow

EXPECTATION_LENGTH = 500
TITLE_LENGTH = 80
MOST_SWEEPS = 50
# An app process that has not looked after its sweep for so long has lost it to any other. Much
# longer than the clocks of two hosts may differ.
DRIVER_SILENT = timedelta(seconds=30)


class SweepNotFound(LookupError):
    """No such sweep, or not one of this visitor: the two are told alike."""

    def __init__(self) -> None:
        super().__init__("There is no such sweep here. It may have been deleted.")


class SweepRefused(ValueError):
    """It cannot be kept; the message says why in words for the page."""


class SweepState(StrEnum):
    """Where a sweep stands."""

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True)
class KeptSweep:
    """A sweep as it stood when it was read. Times are UTC.

    Attributes:
        sweep: its settings as JSON.
        expectation: what was expected of it before it ran; may be empty.
        message: why it ended, where it was not as planned; of a running one, what holds it up.
    """

    id: str
    owner: str
    title: str
    sweep: Mapping[str, Any]
    expectation: str
    state: SweepState
    message: str | None
    created_at: datetime
    finished_at: datetime | None

    @property
    def running(self) -> bool:
        """More trials may be begun, or some still train."""
        return self.state == SweepState.RUNNING


@dataclass(frozen=True)
class KeptTrial:
    """A trial: its settings, and the run that has its figures.

    Attributes:
        queued: its run was handed to the engine; where it is gone by now, it was deleted.
        pruned: it was ended early as hopeless.
        refused: why it could not be trained at all.
    """

    number: int
    chosen: Mapping[str, Any]
    run_id: str
    queued: bool
    pruned: bool
    refused: str | None


class Sweeps:
    """Sweeps in the run store's database. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    # --- a sweep's life -------------------------------------------------------------------

    def create(self, owner: str, title: str, sweep: Mapping[str, Any], expectation: str) -> str:
        """A new sweep that is to run; returns its id.

        Raises:
            SweepRefused: the owner has too many, or the expectation is too long.
        """
        if len(expectation) > EXPECTATION_LENGTH:
            text = f"Expectation: at most {EXPECTATION_LENGTH} characters"
            raise SweepRefused(f"{text} (got {len(expectation)}).")
        row = SweepRow(
            id=secrets.token_hex(8),
            owner=owner,
            title=title[:TITLE_LENGTH],
            sweep=dict(sweep),
            expectation=expectation.strip(),
            state=SweepState.RUNNING,
            created_at=utc_now(),
        )
        count = select(func.count()).where(SweepRow.owner == owner)
        with Session(self.engine) as session, session.begin():
            if (session.scalar(count) or 0) >= MOST_SWEEPS:
                raise SweepRefused(f"You have {MOST_SWEEPS} sweeps, the most that are kept here.")
            session.add(row)
            return row.id

    def get(self, sweep_id: str, owner: str) -> KeptSweep:
        """The owner's sweep.

        Raises:
            SweepNotFound: otherwise.
        """
        with Session(self.engine) as session:
            row = session.get(SweepRow, sweep_id)
            if row is None or row.owner != owner:
                raise SweepNotFound
            return _kept(row)

    def of(self, owner: str) -> list[KeptSweep]:
        """An owner's sweeps, newest first."""
        query = select(SweepRow).where(SweepRow.owner == owner)
        with Session(self.engine) as session:
            rows = session.scalars(query.order_by(SweepRow.created_at.desc(), SweepRow.id))
            return [_kept(row) for row in rows]

    def end(self, sweep_id: str, state: SweepState, message: str | None = None) -> bool:
        """A running sweep ends; False where it has already."""
        there = update(SweepRow).where(SweepRow.id == sweep_id, SweepRow.state == _RUNNING)
        values = {"state": state, "message": message, "finished_at": utc_now(), "driver": None}
        return self._write(there.values(**values)) == 1

    def tell(self, sweep_id: str, message: str | None) -> None:
        """What holds up a running sweep, for its owner; None where nothing does any more."""
        there = update(SweepRow).where(SweepRow.id == sweep_id, SweepRow.state == _RUNNING)
        self._write(there.values(message=message))

    def delete(self, sweep_id: str, owner: str) -> None:
        """Forget a sweep that has ended; its runs stay.

        Raises:
            SweepNotFound: no such sweep of this owner, or it still runs.
        """
        there = delete(SweepRow).where(SweepRow.id == sweep_id, SweepRow.owner == owner)
        if not self._write(there.where(SweepRow.state != _RUNNING)):
            raise SweepNotFound

    # --- who looks after it ---------------------------------------------------------------

    def claim(self, driver: str) -> list[KeptSweep]:
        """The running sweeps that the app process `driver` looks after from now on.

        Its own, those of nobody, and those whose process has been silent. One statement, so of
        several processes one has a sweep.
        """
        now = utc_now()
        free = or_(
            SweepRow.driver == driver,
            SweepRow.driver.is_(None),
            SweepRow.driven_at < now - DRIVER_SILENT,
        )
        claimed = update(SweepRow).where(SweepRow.state == _RUNNING, free)
        claimed = claimed.values(driver=driver, driven_at=now)
        with Session(self.engine) as session, session.begin():
            rows = session.scalars(claimed.returning(SweepRow)).all()
            return [_kept(row) for row in rows]

    def any_running(self) -> bool:
        """Whether anybody's sweep runs: a read, which costs other writers nothing."""
        query = select(SweepRow.id).where(SweepRow.state == _RUNNING).limit(1)
        with self.engine.connect() as connection:
            return connection.execute(query).first() is not None

    def release(self, driver: str) -> None:
        """The process ends: others may take its sweeps at once."""
        self._write(update(SweepRow).where(SweepRow.driver == driver).values(driver=None))

    # --- trials ---------------------------------------------------------------------------

    def add_trial(self, sweep_id: str, driver: str, number: int, chosen: Mapping[str, Any]) -> bool:
        """Write down what is tried next, before its run is queued.

        False where the sweep has ended meanwhile or is another process's.
        """
        # A write without effect holds off whoever ends the sweep until the trial is there.
        held = update(SweepRow).where(
            SweepRow.id == sweep_id, SweepRow.state == _RUNNING, SweepRow.driver == driver
        )
        with Session(self.engine) as session, session.begin():
            done: Any = session.execute(held.values(driver=driver))
            if done.rowcount != 1:
                return False
            run_id = f"{sweep_id}-{number}"
            session.add(
                TrialRow(sweep_id=sweep_id, number=number, chosen=dict(chosen), run_id=run_id)
            )
            return True

    def mark(self, sweep_id: str, number: int, **fields: Any) -> None:
        """Set `queued`, `pruned` or `refused` of a trial."""
        there = update(TrialRow).where(TrialRow.sweep_id == sweep_id, TrialRow.number == number)
        self._write(there.values(**fields))

    def trials(self, sweep_id: str) -> list[KeptTrial]:
        """All trials that were begun, in order."""
        query = select(TrialRow).where(TrialRow.sweep_id == sweep_id).order_by(TrialRow.number)
        with Session(self.engine) as session:
            return [
                KeptTrial(row.number, row.chosen, row.run_id, row.queued, row.pruned, row.refused)
                for row in session.scalars(query)
            ]

    def _write(self, statement: Any) -> int:
        """Execute it; returns how many rows it met."""
        with self.engine.begin() as connection:
            return connection.execute(statement).rowcount


_RUNNING = SweepState.RUNNING


def _kept(row: SweepRow) -> KeptSweep:
    return KeptSweep(
        id=row.id,
        owner=row.owner,
        title=row.title,
        sweep=row.sweep,
        expectation=row.expectation,
        state=SweepState(row.state),
        message=row.message,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )
