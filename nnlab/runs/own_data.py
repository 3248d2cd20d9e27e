"""The data sets that visitors made or uploaded: whose they are, and what they are called.

What a set holds is a frozen file named by its content (`nnlab/datasets/own_files.py`). It stays
until no visitor keeps the set and no run has learned from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy
from sqlalchemy import Engine, cast, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from nnlab import settings
from nnlab.datasets.own import OwnSet, read_own, write_own
from nnlab.datasets.own_files import delete_own
from nnlab.datasets.own_images import OwnImageSet, write_own_images
from nnlab.experiment import Dataset, OwnImages, OwnPoints
from nnlab.experiment.names import harmless
from nnlab.runs.run import utc_now
from nnlab.runs.tables import OwnDataRow, RunRow

MOST_SETS = 30
Kind = Literal["points", "images"]
POINTS: Kind = "points"
IMAGES: Kind = "images"
NOT_YOURS = (
    "This experiment learns from somebody's own points. They are private and do not travel in a "
    "link: ask for them as a CSV file and upload it, or choose other points on the Data page."
)

NOT_YOUR_IMAGES = (
    "This experiment learns from somebody's own images. They are private and do not travel in a "
    "link: ask for the file that they were uploaded as, or choose another set on the Data page."
)


@dataclass(frozen=True)
class KeptSet:
    """A set in the store.

    Attributes:
        id: its number there.
        kind: what it holds.
        title: as its owner calls it.
        wanted: how an experiment asks for it.
        painted: made by hand here, and not from a file.
        created_at: when it was kept (UTC).
    """

    id: int
    kind: Kind
    title: str
    wanted: OwnPoints | OwnImages
    painted: bool
    created_at: datetime

    @property
    def points(self) -> OwnPoints:
        """The same for a set of points."""
        assert isinstance(self.wanted, OwnPoints)
        return self.wanted

    @property
    def images(self) -> OwnImages:
        """The same for a set of images."""
        assert isinstance(self.wanted, OwnImages)
        return self.wanted


class TooManySets(ValueError):
    """Nothing was kept, because there are as many as one visitor may have."""

    def __init__(self, most: int) -> None:
        super().__init__(f"{most} sets of your own are kept already, the most. Delete some first.")


class NoRoom(ValueError):
    """Nothing was kept, because all images of one visitor together would take too much room."""

    def __init__(self, used: int, wanted: int, most: int) -> None:
        super().__init__(
            f"There is room for {most / 1e6:,.0f} MB of your own images on this server. "
            f"{used / 1e6:,.1f} MB are taken, and these need {wanted / 1e6:,.1f} MB: delete a set "
            "first, choose a smaller size, or upload fewer images."
        )


class SetNotFound(LookupError):
    """No such set of this owner."""

    def __init__(self) -> None:
        super().__init__("This set is not kept any more.")


class OwnData:
    """Sets in a database, their content in files; every access is by owner."""

    def __init__(self, engine: Engine, most: int = MOST_SETS) -> None:
        self.engine = engine
        self.most = most

    def of(self, owner: str, kind: Kind = POINTS) -> list[KeptSet]:
        """All of them of a kind, the newest first."""
        mine = (OwnDataRow.owner == owner) & (OwnDataRow.kind == kind)
        query = select(OwnDataRow).where(mine).order_by(OwnDataRow.id.desc())
        with Session(self.engine) as session:
            return [_kept(row) for row in session.scalars(query)]

    def add(
        self, owner: str, own: OwnSet | OwnImageSet, title: str, *, painted: bool = False
    ) -> KeptSet:
        """Keep a set; the same content again is the set that is kept already.

        Raises:
            TooManySets, NoRoom: there is no room.
            ValidationError: it has too few or too many examples or classes.
            OSError: the file cannot be written.
        """
        wanted = own.wanted
        kind = _kind(wanted)
        facts = {kind: wanted.model_dump(mode="json"), "painted": painted}
        row = OwnDataRow(
            owner=owner,
            kind=kind,
            digest=wanted.id,
            title=_title(title, kind),
            facts=facts,
            created_at=utc_now(),
        )
        try:
            with Session(self.engine) as session, session.begin():
                same = session.scalar(_mine(owner, wanted.id))
                if same is None:
                    if (session.scalar(_count(owner)) or 0) >= self.most:
                        raise TooManySets(self.most)
                    if isinstance(wanted, OwnImages):
                        _require_room(session, owner, wanted)
                    session.add(row)
        except IntegrityError:  # another tab has kept the same at this moment
            pass
        try:
            _write(own)  # after its row, so that nobody takes the file for one without owners
        except OSError:
            self.delete(owner, self._of_digest(owner, wanted.id).id)
            raise
        return self._of_digest(owner, wanted.id)

    def owns(self, owner: str, digest: str) -> bool:
        """Whether a set of this content is the owner's."""
        with Session(self.engine) as session:
            return session.scalar(_mine(owner, digest)) is not None

    def denied(self, owner: str, dataset: Dataset) -> str | None:
        """Why the owner may not learn from a set's own data, in a sentence; or None.

        Whoever has a link has their id.
        """
        for own, words in ((dataset.own, NOT_YOURS), (dataset.own_images, NOT_YOUR_IMAGES)):
            if own is not None and not self.owns(owner, own.id):
                return words
        return None

    def bytes_of(self, owner: str) -> int:
        """Room that an owner's images take, a byte a pixel."""
        with Session(self.engine) as session:
            return _taken(session, owner)

    def read(self, owner: str, number: int) -> OwnSet:
        """What a set of points holds.

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
                connection.execute(update(OwnDataRow).where(mine).values(title=harmless(title)))

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
    return next(title for title in titles if harmless(title) not in taken)


def _title(text: str, kind: Kind) -> str:
    return harmless(text) or kind.capitalize()


def _kind(wanted: OwnPoints | OwnImages) -> Kind:
    return IMAGES if isinstance(wanted, OwnImages) else POINTS


def _write(own: OwnSet | OwnImageSet) -> None:
    if isinstance(own, OwnImageSet):
        write_own_images(own)
    else:
        write_own(own)


def _require_room(session: Session, owner: str, wanted: OwnImages) -> None:
    used, needed, most = _taken(session, owner), _size(wanted), settings.own_images_bytes()
    if used + needed > most:
        raise NoRoom(used, needed, most)


def _taken(session: Session, owner: str) -> int:
    rows = (OwnDataRow.owner == owner) & (OwnDataRow.kind == IMAGES)
    kept = session.scalars(select(OwnDataRow.facts).where(rows))
    return sum(_size(OwnImages.model_validate(facts[IMAGES])) for facts in kept)


def _size(wanted: OwnImages) -> int:
    return (wanted.count + wanted.test) * wanted.side**2


def _mine(owner: str, digest: str) -> sqlalchemy.Select[Any]:
    return select(OwnDataRow).where(OwnDataRow.owner == owner, OwnDataRow.digest == digest)


def _count(owner: str) -> sqlalchemy.Select[Any]:
    return select(func.count()).where(OwnDataRow.owner == owner)


def _kept(row: OwnDataRow) -> KeptSet:
    kind = IMAGES if row.kind == IMAGES else POINTS
    model = OwnImages if kind == IMAGES else OwnPoints
    wanted = model.model_validate(row.facts[kind])
    return KeptSet(row.id, kind, row.title, wanted, bool(row.facts["painted"]), row.created_at)
