"""Column types for text as every database takes it."""

import sqlalchemy
from sqlalchemy import TypeDecorator
from sqlalchemy.engine import Dialect


def storable(value: str) -> str:
    """PostgreSQL refuses NUL, and half a pair of surrogates is no UTF-8: both are replaced.

    What is looked for goes the same way, so nothing is found by a name that could not be stored.
    """
    return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


class String(TypeDecorator[str]):
    """Text of at most so many characters."""

    impl = sqlalchemy.String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """On its way to the database."""
        return None if value is None else storable(value)


class Text(String):
    """Text of any length."""

    impl = sqlalchemy.Text
    cache_ok = True
