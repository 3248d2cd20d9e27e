"""The app processes that share the store, and the sign of life that each of them gives."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from nnlab.runs.run import utc_now
from nnlab.runs.tables import EngineRow

# Hosts' clocks may differ, so nothing but this clearing away goes by them.
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Pulse:
    """What is known of an app process: it lives as long as `beats` grows and it has not ended."""

    beats: int
    ended: bool


class Engines:
    """Signs of life in the run store's database. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def beat(self, identity: str) -> None:
        """The app process `identity` lives."""
        mine = update(EngineRow).where(EngineRow.identity == identity)
        again = mine.values(beats=EngineRow.beats + 1, seen_at=utc_now(), ended_at=None)
        with self.engine.begin() as connection:
            known = connection.execute(again).rowcount
        if not known:
            self._register(identity)

    def end(self, identity: str) -> None:
        """It ends in good order: nobody has to wait until its silence is noticed."""
        mine = update(EngineRow).where(EngineRow.identity == identity)
        with self.engine.begin() as connection:
            connection.execute(mine.values(ended_at=utc_now()))

    def pulses(self) -> dict[str, Pulse]:
        """By identity, all that are remembered."""
        with Session(self.engine) as session:
            return {
                row.identity: Pulse(row.beats, row.ended_at is not None)
                for row in session.scalars(select(EngineRow))
            }

    def recent(self, seconds: float) -> int:
        """How many have given a sign of life in these last seconds, by this host's clock."""
        since = utc_now() - timedelta(seconds=seconds)
        living = EngineRow.ended_at.is_(None) & (EngineRow.seen_at > since)
        with self.engine.connect() as connection:
            query = select(func.count()).select_from(EngineRow).where(living)
            return connection.execute(query).scalar_one()

    def forget_old(self) -> None:
        """Forget those that have not been heard of for a day."""
        old = delete(EngineRow).where(EngineRow.seen_at <= utc_now() - KEPT)
        with self.engine.begin() as connection:
            connection.execute(old)

    def _register(self, identity: str) -> None:
        now = utc_now()
        try:
            with Session(self.engine) as session, session.begin():
                session.add(EngineRow(identity=identity, beats=1, seen_at=now))
        except IntegrityError:  # by another thread, a moment ago
            return
