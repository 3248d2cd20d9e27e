"""What a visitor is working on, kept through reloads, crashes and restarts."""

from typing import Any

from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from nnlab.runs.tables import DraftRow
from nnlab.runs.upsert import upsert


class Drafts:
    """Small JSON values by owner and key."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def get(self, owner: str, key: str) -> Any:
        """The value kept, or None."""
        with Session(self.engine) as session:
            row = session.get(DraftRow, (owner, key))
            return None if row is None else row.value

    def put(self, owner: str, key: str, value: Any) -> None:
        """Keep a JSON value, replacing the one before."""
        with self.engine.begin() as connection:
            upsert(connection, DraftRow, [{"owner": owner, "key": key, "value": value}])

    def drop(self, owner: str, key: str) -> None:
        """Forget a value."""
        with self.engine.begin() as connection:
            connection.execute(delete(DraftRow).where(DraftRow.owner == owner, DraftRow.key == key))
