"""A database server that is away for a moment, as when it is updated, costs no run."""

import functools
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError, OperationalError

# PostgreSQL is back from a restart in a few seconds.
PATIENCE_SECONDS = 30.0
AGAIN_SECONDS = 0.5

P = ParamSpec("P")
R = TypeVar("R")


def patient(action: Callable[P, R]) -> Callable[P, R]:
    """Try again for a while when the connection to the database is lost.

    For actions that may be done twice: the first time may have been written and not confirmed.
    """

    @functools.wraps(action)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return action(*args, **kwargs)
            except DBAPIError as error:
                if not _is_away(error) or time.monotonic() > until:
                    raise
            time.sleep(AGAIN_SECONDS)

    return tried


def _is_away(error: DBAPIError) -> bool:
    """Whether a server was not reached, or went away; SQLite has none, its errors are final."""
    if type(error.orig).__module__.startswith("sqlite3"):
        return False
    return error.connection_invalidated or (
        isinstance(error, OperationalError) and error.statement is None
    )
