"""A transaction in which a run is read, and then changed by what was read."""

from sqlalchemy import Connection, select

from nnlab.runs.tables import RunRow


def lock_run(connection: Connection, run_id: str) -> None:
    """To be called first: nobody else locks the run before this transaction has ended.

    SQLite has only one lock, for all who write.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.execute(select(RunRow.id).where(RunRow.id == run_id).with_for_update())
