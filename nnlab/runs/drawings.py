"""The drawings that visitors keep, with the digit that each of them shows."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Engine, Select, delete, func, select, update
from sqlalchemy.orm import Session

from nnlab.runs.run import utc_now
from nnlab.runs.tables import DrawingRow

# Of one visitor: more than anyone draws, still drawn in a moment, and one file of a few megabytes.
MOST_DRAWINGS = 500
MOST_POINTS = 250_000

Point = tuple[float, float]
Stroke = tuple[Point, ...]


@dataclass(frozen=True)
class Drawing:
    """A digit drawn by hand.

    Attributes:
        label: the digit that it shows.
        canvas: side of the square that was drawn on, in pixels.
        pens: width of the pen in pixels, for each stroke.
        strokes: the way of the pen, (x, y) in pixels from the top left corner.
    """

    label: int
    canvas: int
    pens: tuple[float, ...]
    strokes: tuple[Stroke, ...]

    @property
    def points(self) -> int:
        """Of all strokes."""
        return sum(map(len, self.strokes))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all but the label: equal for the same ink."""
        ink = [self.canvas, self.pens, self.strokes]
        return hashlib.sha256(json.dumps(ink).encode()).hexdigest()


@dataclass(frozen=True)
class KeptDrawing:
    """A drawing in the store, with its number there and when it was kept (UTC)."""

    id: int
    created_at: datetime
    drawing: Drawing


class TooManyDrawings(ValueError):
    """Nothing was kept, because there would be too many, or too many points in all of them."""

    def __init__(self, what: str, kept: int, more: int, most: int) -> None:
        super().__init__(
            f"There is room for {most:,} {what}. {kept:,} are kept already and {more:,} would be "
            "added: download them, then delete some."
        )


def unique(drawings: Iterable[Drawing]) -> list[Drawing]:
    """The first of each ink, in order."""
    found: dict[str, Drawing] = {}
    for drawing in drawings:
        found.setdefault(drawing.digest, drawing)
    return list(found.values())


class Drawings:
    """Drawings in a database; every access is by owner."""

    def __init__(self, engine: Engine, most: int = MOST_DRAWINGS) -> None:
        self.engine = engine
        self.most = most

    def of(self, owner: str) -> list[KeptDrawing]:
        """All of them, in the order in which they were kept."""
        query = select(DrawingRow).where(DrawingRow.owner == owner).order_by(DrawingRow.id)
        with Session(self.engine) as session:
            return [_kept(row) for row in session.scalars(query)]

    def count(self, owner: str) -> int:
        """How many there are."""
        query = select(func.count()).where(DrawingRow.owner == owner)
        with self.engine.connect() as connection:
            return connection.execute(query).scalar_one()

    def add(self, owner: str, drawings: Sequence[Drawing]) -> int:
        """Keep those whose ink is not kept yet, all or none; returns how many were new.

        Raises:
            TooManyDrawings: there is not room for all of them.
        """
        with Session(self.engine) as session, session.begin():
            known = set(session.scalars(_digests(owner)))
            rows = [_row(owner, each) for each in unique(drawings) if each.digest not in known]
            if len(known) + len(rows) > self.most:
                raise TooManyDrawings("drawings", len(known), len(rows), self.most)
            points = session.scalar(_points(owner)) or 0
            more = sum(row.points for row in rows)
            if points + more > MOST_POINTS:
                raise TooManyDrawings("points of strokes", points, more, MOST_POINTS)
            session.add_all(rows)
            return len(rows)

    def keep(self, owner: str, drawing: Drawing) -> None:
        """Keep one; the same ink with another label only changes the label.

        Raises:
            TooManyDrawings: there is no room.
        """
        if not self.add(owner, [drawing]):
            same = (DrawingRow.owner == owner) & (DrawingRow.digest == drawing.digest)
            with self.engine.begin() as connection:
                connection.execute(update(DrawingRow).where(same).values(label=drawing.label))

    def delete(self, owner: str, ids: Sequence[int]) -> None:
        """Forget these of the owner's drawings; `add` brings back what somebody still holds."""
        mine = (DrawingRow.owner == owner) & DrawingRow.id.in_(ids)
        with self.engine.begin() as connection:
            connection.execute(delete(DrawingRow).where(mine))


def _digests(owner: str) -> Select[Any]:
    return select(DrawingRow.digest).where(DrawingRow.owner == owner)


def _points(owner: str) -> Select[Any]:
    return select(func.sum(DrawingRow.points)).where(DrawingRow.owner == owner)


def _row(owner: str, drawing: Drawing) -> DrawingRow:
    return DrawingRow(
        owner=owner,
        label=drawing.label,
        digest=drawing.digest,
        points=drawing.points,
        canvas=drawing.canvas,
        pens=list(drawing.pens),
        strokes=[[list(point) for point in stroke] for stroke in drawing.strokes],
        created_at=utc_now(),
    )


def _kept(row: DrawingRow) -> KeptDrawing:
    strokes = tuple(tuple((x, y) for x, y in stroke) for stroke in row.strokes)
    return KeptDrawing(
        row.id, row.created_at, Drawing(row.label, row.canvas, tuple(row.pens), strokes)
    )
