"""Tables of older versions, brought to what the tables are now."""

from sqlalchemy import Connection, Table, inspect
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.schema import CreateColumn, CreateTable

from nnlab.runs.tables import Base, EpochRow, PointRow

# Of these, figures that once were always there may be missing now.
_LOOSENED = (PointRow.__tablename__, EpochRow.__tablename__)


def is_current(connection: Connection) -> bool:
    """Whether no table has to be made or changed."""
    names = inspect(connection).get_table_names()
    if set(Base.metadata.tables) - set(names):
        return False
    return not any(_missing(*each) or _stricter(*each) for each in _with_columns(connection))


def upgrade(connection: Connection) -> None:
    """Add columns that are missing, and let those be empty that may be now. Nothing is lost."""
    for table, columns in _with_columns(connection):
        for name in _missing(table, columns):
            made = CreateColumn(table.c[name]).compile(dialect=connection.dialect)
            connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {made}")
        stricter = _stricter(table, columns)
        if stricter and connection.dialect.name == "sqlite":
            _copy(connection, table)
            continue
        for name in stricter:
            connection.exec_driver_sql(
                f"ALTER TABLE {table.name} ALTER COLUMN {name} DROP NOT NULL"
            )


def _with_columns(connection: Connection) -> list[tuple[Table, list[ReflectedColumn]]]:
    there = inspect(connection)
    names = set(there.get_table_names())
    return [
        (table, there.get_columns(name))
        for name, table in Base.metadata.tables.items()
        if name in names
    ]


def _missing(table: Table, columns: list[ReflectedColumn]) -> list[str]:
    known = {column["name"] for column in columns}
    return [column.name for column in table.columns if column.name not in known]


def _stricter(table: Table, columns: list[ReflectedColumn]) -> list[str]:
    """Columns that must not be empty, though the table now lets them be."""
    if table.name not in _LOOSENED:
        return []
    return [c["name"] for c in columns if not c["nullable"] and table.c[c["name"]].nullable]


def _copy(connection: Connection, table: Table) -> None:
    """SQLite cannot change a column: its documented way is a new table with the same rows.

    See "Making Other Kinds Of Table Schema Changes", sqlite.org/lang_altertable.html. Nothing
    refers to the tables that are loosened.
    """
    made = str(CreateTable(table).compile(dialect=connection.dialect))
    beside = f"{table.name}_new"
    names = ", ".join(column.name for column in table.columns)
    connection.exec_driver_sql(made.replace(table.name, beside, 1))
    connection.exec_driver_sql(f"INSERT INTO {beside} ({names}) SELECT {names} FROM {table.name}")
    connection.exec_driver_sql(f"DROP TABLE {table.name}")
    connection.exec_driver_sql(f"ALTER TABLE {beside} RENAME TO {table.name}")
