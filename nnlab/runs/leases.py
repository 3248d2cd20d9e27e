"""Which worker has which run: the newest claim counts, whatever the older holder believes.

A run is handed out again when its worker or its app process seems to be gone. Where that was
wrong, two workers would train it; the older one sees here that it has lost it, and ends silently.
"""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Engine, delete, select, update

from nnlab.runs.records import Request
from nnlab.runs.run import utc_now
from nnlab.runs.states import ACTIVE, RunState
from nnlab.runs.tables import LeaseRow, RunRow
from nnlab.runs.upsert import upsert


class Leases:
    """Claims in the run store's database. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def take(self, run_id: str, worker: str) -> str:
        """Claim a run for `worker`, whoever had it; returns the token that proves the claim."""
        token = secrets.token_hex(8)
        row = {"run_id": run_id, "token": token, "worker": worker, "leave": False}
        with self.engine.begin() as connection:
            upsert(connection, LeaseRow, [row | {"since": utc_now()}])
        return token

    def holds(self, run_id: str, token: str) -> bool:
        """Whether nobody has claimed the run since."""
        query = select(LeaseRow.token).where(LeaseRow.run_id == run_id)
        with self.engine.connect() as connection:
            return connection.execute(query).scalar() == token

    def release(self, run_id: str, token: str) -> None:
        """Give a claim back; nothing happens to a newer one."""
        mine = (LeaseRow.run_id == run_id) & (LeaseRow.token == token)
        with self.engine.begin() as connection:
            connection.execute(delete(LeaseRow).where(mine))

    def ask_to_leave(self, run_ids: Iterable[str]) -> None:
        """Ask the workers that have these runs to write a checkpoint and hand them back."""
        asked = update(LeaseRow).where(LeaseRow.run_id.in_(list(run_ids))).values(leave=True)
        with self.engine.begin() as connection:
            connection.execute(asked)

    def requests(self, tokens: Mapping[str, str]) -> dict[str, Request]:
        """What is asked of runs that are training, by their ids; most are asked nothing.

        Args:
            tokens: of the claims, by run. A run that is gone or has ended otherwise should stop.
        """
        query = (
            select(RunRow.id, RunRow.state, RunRow.requested, LeaseRow.token, LeaseRow.leave)
            .join(LeaseRow, LeaseRow.run_id == RunRow.id, isouter=True)
            .where(RunRow.id.in_(list(tokens)))
        )
        with self.engine.connect() as connection:
            rows = {row.id: row for row in connection.execute(query)}
        asked = {run_id: _request(rows.get(run_id), token) for run_id, token in tokens.items()}
        return {run_id: request for run_id, request in asked.items() if request is not None}

    def of_workers(self) -> dict[str, list[str]]:
        """The runs that each worker has, by its address."""
        query = (
            select(LeaseRow.worker, LeaseRow.run_id)
            .join(RunRow, RunRow.id == LeaseRow.run_id)
            .where(RunRow.state == RunState.RUNNING)
            .order_by(LeaseRow.since)
        )
        found: dict[str, list[str]] = {}
        with self.engine.connect() as connection:
            for worker, run_id in connection.execute(query):
                found.setdefault(worker, []).append(run_id)
        return found


def _request(row: Any, token: str) -> Request | None:
    if row is None:
        return "stop"
    if row.token != token:
        return "lost"
    if row.state not in ACTIVE:
        return "stop"
    return row.requested or ("leave" if row.leave else None)
