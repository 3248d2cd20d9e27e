"""Rows that are written whether they are there already or not, in one statement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from nnlab.runs.tables import Base

_INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def upsert(connection: Connection, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, each a value for every column, or replace those of the same primary key.

    Two processes that write the same row at once do not collide, as they would between a look
    and an insert.
    """
    insert = _INSERT[connection.dialect.name](table)
    keys = [column.name for column in table.__table__.primary_key]
    new = {name: insert.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=new), rows)
