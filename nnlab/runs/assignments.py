"""Tasks that teachers hand out by a link. What is locked is kept here, not in the link."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import ValidationError
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from nnlab.experiment import Assignment
from nnlab.joining.code import new_code
from nnlab.runs.run import utc_now
from nnlab.runs.tables import AssignmentRow

KEPT = timedelta(days=90)
MOST_TASKS = 50
_TRIES = 5


class AssignmentRefused(ValueError):
    """It cannot be done; the message says why in words for the page."""


class AssignmentNotFound(AssignmentRefused, LookupError):
    """There is no task of this code (any more)."""

    def __init__(self) -> None:
        super().__init__(f"There is no task of that code. A task is kept for {KEPT.days} days.")


@dataclass(frozen=True)
class MadeTask:
    """A task as the one who made it sees it. The time is UTC."""

    code: str
    assignment: Assignment
    created_at: datetime


class Assignments:
    """Tasks in the run store's database. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def add(self, owner: str, assignment: Assignment) -> str:
        """Keep a task and return the code that it is found by.

        Raises:
            AssignmentRefused: this visitor has as many as one may have.
        """
        self.forget_old()
        of_owner = select(func.count()).where(AssignmentRow.owner == owner)
        with Session(self.engine) as session:
            made = session.scalar(of_owner) or 0
        if made >= MOST_TASKS:
            raise AssignmentRefused(
                f"You have {MOST_TASKS} tasks, which is the most; delete one that is done."
            )
        for _ in range(_TRIES):
            code = new_code()
            try:
                self._insert(code, owner, assignment)
            except IntegrityError:
                continue  # somebody has this code
            return code
        raise AssignmentRefused("No free code was found. Try again.")

    def get(self, code: str) -> Assignment:
        """The task of a code, for anybody who knows it.

        Raises:
            AssignmentNotFound: there is none, or its time is over.
        """
        with Session(self.engine) as session:
            row = session.get(AssignmentRow, code)
            if row is None or row.created_at <= utc_now() - KEPT:
                raise AssignmentNotFound
            assignment = _assignment(row)
        if assignment is None:
            raise AssignmentNotFound
        return assignment

    def made_by(self, owner: str) -> list[MadeTask]:
        """A visitor's tasks, newest first."""
        query = (
            select(AssignmentRow)
            .where(AssignmentRow.owner == owner, AssignmentRow.created_at > utc_now() - KEPT)
            .order_by(AssignmentRow.created_at.desc(), AssignmentRow.code)
        )
        with Session(self.engine) as session:
            return [
                MadeTask(row.code, assignment, row.created_at)
                for row in session.scalars(query)
                if (assignment := _assignment(row)) is not None
            ]

    def remove(self, code: str, owner: str) -> None:
        """Nobody can begin the task any more; those who are at it stay so. Another's is left."""
        own = (AssignmentRow.code == code, AssignmentRow.owner == owner)
        with self.engine.begin() as connection:
            connection.execute(delete(AssignmentRow).where(*own))

    def forget_old(self) -> None:
        """Delete tasks whose time is over."""
        old = AssignmentRow.created_at <= utc_now() - KEPT
        with self.engine.begin() as connection:
            connection.execute(delete(AssignmentRow).where(old))

    def _insert(self, code: str, owner: str, assignment: Assignment) -> None:
        row = AssignmentRow(
            code=code,
            owner=owner,
            assignment=assignment.model_dump(mode="json"),
            created_at=utc_now(),
        )
        with Session(self.engine) as session, session.begin():
            session.add(row)


def _assignment(row: AssignmentRow) -> Assignment | None:
    try:
        return Assignment.model_validate(row.assignment)
    except ValidationError:
        return None  # written by another version
