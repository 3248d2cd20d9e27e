"""Opening the store's database."""

import json
import math
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError

from nnlab import settings
from nnlab.runs import room_tables, sweep_tables  # noqa: F401  (their tables are created, too)
from nnlab.runs.tables import Base

BUSY_SECONDS = 30
CONNECT_SECONDS = 10
_ALLOWED = (
    "NNLAB_DATABASE_URL must look like postgresql+psycopg://USER:PASSWORD@HOST/DATABASE or "
    "sqlite:///FILE"
)
# Any number, the same in every process: who holds this lock creates the tables.
_CREATING = 0x6E6E6C6162


def open_database(url: str) -> Engine:
    """An engine for `url`, its tables created where they are missing.

    Several processes may open a new database at once: one of them creates the tables.
    SQLite runs in WAL mode: the pages read while workers write.

    Raises:
        ValueError: it is no URL of SQLite or PostgreSQL.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS}, **_COMMON)
        event.listen(engine, "connect", _tune_sqlite)
    else:
        engine = create_engine(
            parsed,
            connect_args=_connect_arguments(parsed.get_driver_name()),
            **_COMMON,
            **_pool(),
        )
    _create_tables(engine)
    return engine


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ValueError(_ALLOWED) from None  # not told: there is a password in it
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise ValueError(_ALLOWED)
    return parsed


def _pool() -> dict[str, Any]:
    """Half of the connections are kept open; one that has died meanwhile is replaced."""
    most = settings.database_connections()
    kept = (most + 1) // 2
    return {"pool_size": kept, "max_overflow": most - kept, "pool_pre_ping": True}


def _connect_arguments(driver: str) -> dict[str, Any]:
    """A host that does not answer is given up; a broken connection is noticed by itself."""
    if not driver.startswith("psycopg"):
        return {}
    return {"connect_timeout": CONNECT_SECONDS, "keepalives_idle": 30, "keepalives_interval": 10}


def _create_tables(engine: Engine) -> None:
    """Tables that are missing, by one process while the others wait for it."""
    if not set(Base.metadata.tables) - set(inspect(engine).get_table_names()):
        return
    with engine.begin() as connection:
        _wait_for_turn(connection)
        Base.metadata.create_all(connection)


def _wait_for_turn(connection: Connection) -> None:
    """Until this transaction ends, no other process creates tables."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CREATING})
    elif connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _tune_sqlite(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _to_json(value: Any) -> str:
    """JSON as every database takes it: what is no number is null, as JSON has no NaN."""
    try:
        return json.dumps(value, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(value), allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


# Errors are logged, and what visitors typed and drew is in the parameters.
_COMMON: dict[str, Any] = {"json_serializer": _to_json, "hide_parameters": True}
