"""Runs that their owners show to everybody who has the link, read-only."""

import re
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from nnlab.runs.run import Run, RunNotFound, utc_now
from nnlab.runs.store import RunStore
from nnlab.runs.tables import ShareRow

_TOKEN_BYTES = 16  # 128 bits: cannot be guessed
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


class SharedRunNotFound(RunNotFound):
    """No such token, or it was withdrawn, or has ended, or the run is gone: told alike."""

    def __init__(self) -> None:
        LookupError.__init__(
            self, "Not found: no run is shared at this address. The link may be mistyped, or the "
            "one who shared it has withdrawn it."
        )  # fmt: skip


class Shares:
    """Tokens in the run store's database. Safe to use from several threads and processes."""

    def __init__(self, store: RunStore) -> None:
        self.store = store

    def share(self, run_id: str, owner: str, lasts: timedelta | None = None) -> str:
        """The token by which everybody may look at an own, finished run; the same if it has one.

        Args:
            run_id: the run.
            owner: must be the run's.
            lasts: from now on; None until it is withdrawn. It takes the place of an earlier end.

        Raises:
            RunNotFound: no such run of this owner, or it has no network yet.
        """
        if not self.store.get(run_id, owner).complete:
            raise RunNotFound(run_id)
        ends = None if lasts is None else utc_now() + lasts
        try:
            return self._put(run_id, owner, ends)
        except IntegrityError:  # shared in the same moment, from another tab
            return self._put(run_id, owner, ends)

    def token(self, run_id: str, owner: str) -> str | None:
        """The token of an own run, None while nobody else may look at it."""
        with Session(self.store.engine) as session:
            row = session.scalar(_of_run(run_id, owner))
            return None if row is None or _is_over(row) else row.token

    def withdraw(self, run_id: str, owner: str) -> None:
        """The token is worth nothing any more; another one is made if it is shared again."""
        of_run = (ShareRow.run_id == run_id, ShareRow.owner == owner)
        with self.store.engine.begin() as connection:
            connection.execute(delete(ShareRow).where(*of_run))

    def run(self, token: str) -> Run:
        """The run that a token shows: the one way to a stranger's run, asked at every look.

        Raises:
            SharedRunNotFound: this token shows nothing (any more).
        """
        if not _TOKEN.fullmatch(token):
            raise SharedRunNotFound
        with Session(self.store.engine) as session:
            row = session.get(ShareRow, token)
            if row is None or _is_over(row):
                raise SharedRunNotFound
            run_id, owner = row.run_id, row.owner
        try:
            return self.store.get(run_id, owner)
        except RunNotFound:
            raise SharedRunNotFound from None

    def _put(self, run_id: str, owner: str, ends: datetime | None) -> str:
        with Session(self.store.engine) as session, session.begin():
            row = session.scalar(_of_run(run_id, owner))
            if row is not None and _is_over(row):
                session.delete(row)
                session.flush()
                row = None
            if row is None:
                row = ShareRow(
                    token=secrets.token_urlsafe(_TOKEN_BYTES),
                    run_id=run_id,
                    owner=owner,
                    created_at=utc_now(),
                )
                session.add(row)
            row.expires_at = ends
            return row.token


def _of_run(run_id: str, owner: str) -> Select[ShareRow]:
    return select(ShareRow).where(ShareRow.run_id == run_id, ShareRow.owner == owner)


def _is_over(row: ShareRow) -> bool:
    return row.expires_at is not None and row.expires_at <= utc_now()
