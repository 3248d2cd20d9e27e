"""The data sets that visitors made or uploaded: whose they are, and what they are called.

What a set holds is a frozen file named by its content (`nnlab/datasets/own.py`). It stays until
no visitor keeps the set and no run has learned from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import Engine, cast, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from nnlab.datasets.own import OwnSet, delete_own, read_own, write_own
from nnlab.experiment import OwnPoints
from nnlab.experiment.names import harmless
from nnlab.runs.run import utc_now
from nnlab.runs.tables import OwnDataRow, RunRow

MOST_SETS = 30
POINTS = "points"
NOT_YOURS = (
    "This experiment learns from somebody's own points. They are private and do not travel in a "
    "link: ask for them as a CSV file and upload it, or choose other points on the Data page."
)


@dataclass(frozen=True)
class KeptSet:
    """A set in the store.

    Attributes:
        id: its number there.
        kind: what it holds; `POINTS` so far.
        title: as its owner calls it.
        points: how an experiment asks for it.
        painted: made by hand here, and not from a file.
        created_at: when it was kept (UTC).
    """

    id: int
    kind: str
    title: str
    points: OwnPoints
    painted: bool
    created_at: datetime


class TooManySets(ValueError):
    """Nothing was kept, because there are as many as one visitor may have."""

    def __init__(self, most: int) -> None:
        super().__init__(f"{most} sets of your own are kept already, the most. Delete some first.")


class SetNotFound(LookupError):
    """No such set of this owner."""

    def __init__(self) -> None:
        super().__init__("These points are not kept any more.")


class OwnData:
    """Sets in a database, their content in files; every access is by owner."""

    def __init__(self, engine: Engine, most: int = MOST_SETS) -> None:
        self.engine = engine
        self.most = most

    def of(self, owner: str) -> list[KeptSet]:
        """All of them, the newest first."""
        query = select(OwnDataRow).where(OwnDataRow.owner == owner).order_by(OwnDataRow.id.desc())
        with Session(self.engine) as session:
            return [_kept(row) for row in session.scalars(query)]

    def add(self, owner: str, own: OwnSet, title: str, *, painted: bool) -> KeptSet:
        """Keep a set; the same content again is the set that is kept already.

        Raises:
            TooManySets: there is no room.
            ValidationError: it has too few or too many points or classes.
            OSError: the file cannot be written.
        """
        wanted = own.wanted
        facts = {"points": wanted.model_dump(mode="json"), "painted": painted}
        row = OwnDataRow(
            owner=owner,
            kind=POINTS,
            digest=wanted.id,
            title=_title(title),
            facts=facts,
            created_at=utc_now(),
        )
        try:
            with Session(self.engine) as session, session.begin():
                same = session.scalar(_mine(owner, wanted.id))
                if same is None:
                    if (session.scalar(_count(owner)) or 0) >= self.most:
                        raise TooManySets(self.most)
                    session.add(row)
        except IntegrityError:  # another tab has kept the same at this moment
            pass
        try:
            write_own(own)  # after its row, so that nobody takes the file for one without owners
        except OSError:
            self.delete(owner, self._of_digest(owner, wanted.id).id)
            raise
        return self._of_digest(owner, wanted.id)

    def owns(self, owner: str, digest: str) -> bool:
        """Whether a set of this content is the owner's."""
        with Session(self.engine) as session:
            return session.scalar(_mine(owner, digest)) is not None

    def read(self, owner: str, number: int) -> OwnSet:
        """What a set holds.

        Raises:
            SetNotFound: no such set of this owner.
            DatasetError: its file is gone or damaged.
        """
        return read_own(self._row(owner, number).digest)

    def rename(self, owner: str, number: int, title: str) -> None:
        """Call a set otherwise; an empty title changes nothing."""
        mine = (OwnDataRow.owner == owner) & (OwnDataRow.id == number)
        if harmless(title):
            with self.engine.begin() as connection:
                connection.execute(update(OwnDataRow).where(mine).values(title=_title(title)))

    def delete(self, owner: str, number: int) -> None:
        """Forget a set; runs that learned from it stay as they are."""
        try:
            digest = self._row(owner, number).digest
        except SetNotFound:
            return
        mine = (OwnDataRow.owner == owner) & (OwnDataRow.id == number)
        with self.engine.begin() as connection:
            connection.execute(delete(OwnDataRow).where(mine))
        self.forget_unused(digest)

    def runs_with(self, digest: str) -> int:
        """How many runs, of whomever, learn or have learned from a set."""
        # Within the whole settings, as databases have no common way into JSON.
        text = cast(RunRow.experiment, sqlalchemy.String)
        with self.engine.connect() as connection:
            query = select(func.count()).where(text.contains(digest))
            return connection.execute(query).scalar_one()

    def forget_unused(self, digest: str) -> None:
        """Remove a set's file if nobody keeps it and no run has learned from it."""
        query = select(func.count()).where(OwnDataRow.digest == digest)
        with self.engine.connect() as connection:
            kept = connection.execute(query).scalar_one()
        if not kept and not self.runs_with(digest):
            delete_own(digest)

    def _row(self, owner: str, number: int) -> OwnDataRow:
        with Session(self.engine) as session:
            row = session.get(OwnDataRow, number)
            if row is None or row.owner != owner:
                raise SetNotFound
            session.expunge(row)
            return row

    def _of_digest(self, owner: str, digest: str) -> KeptSet:
        with Session(self.engine) as session:
            row = session.scalar(_mine(owner, digest))
            if row is None:
                raise SetNotFound
            return _kept(row)


def free_title(wanted: str, kept: Sequence[KeptSet]) -> str:
    """`wanted`, with a number behind it where a set is called so already."""
    taken = {each.title for each in kept}
    titles = [wanted, *(f"{wanted} {number}" for number in range(2, len(taken) + 3))]
    return next(title for title in titles if _title(title) not in taken)


def _title(text: str) -> str:
    return harmless(text) or "Points"


def _mine(owner: str, digest: str) -> sqlalchemy.Select[Any]:
    return select(OwnDataRow).where(OwnDataRow.owner == owner, OwnDataRow.digest == digest)


def _count(owner: str) -> sqlalchemy.Select[Any]:
    return select(func.count()).where(OwnDataRow.owner == owner)


def _kept(row: OwnDataRow) -> KeptSet:
    points = OwnPoints.model_validate(row.facts["points"])
    return KeptSet(
        row.id, row.kind, row.title, points, bool(row.facts["painted"]), row.created_at
    )  # fmt: skip
