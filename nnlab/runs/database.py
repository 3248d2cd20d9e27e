"""Opening the store's database."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url

from nnlab.runs import room_tables  # noqa: F401  (its tables are created, too)
from nnlab.runs.tables import Base

BUSY_SECONDS = 30


def open_database(url: str) -> Engine:
    """An engine for `url`, its tables created where they are missing.

    SQLite runs in WAL mode: the pages read while workers write.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(parsed, pool_pre_ping=True)
    else:
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _tune_sqlite)
    Base.metadata.create_all(engine)
    return engine


def _tune_sqlite(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
