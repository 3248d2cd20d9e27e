"""A database server that is restarted while runs report to it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import postgres
import pytest
from sqlalchemy.exc import OperationalError

from nnlab.experiment import Experiment
from nnlab.runs import patience
from nnlab.runs.records import Point
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore

ME = "a" * 32


@pytest.fixture
def server(postgres_programs_here: Path) -> Iterator[postgres.Server]:
    server = postgres.Server(postgres_programs_here)
    yield server
    server.close()


@pytest.mark.fault
def test_a_restart_costs_no_run_and_a_longer_absence_is_told(
    server: postgres.Server, monkeypatch: pytest.MonkeyPatch
):
    store = RunStore(f"{server.url}/postgres")
    run_id = store.create(Experiment(), ME, "engine")
    store.move(run_id, RunState.RUNNING)

    server.stop()
    again = threading.Timer(1.5, server.start)
    again.start()
    store.add_points(run_id, [Point(step, step / 10, 0.5, 0.5, 100.0) for step in (1, 2)])
    again.join()
    assert [point.step for point in store.points(run_id)] == [1, 2]
    assert store.move(run_id, RunState.FINISHED)

    server.stop()
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 1.0)
    with pytest.raises(OperationalError):
        store.move(run_id, RunState.FINISHED)
    server.start()
    assert store.get(run_id).state == RunState.FINISHED


def test_an_error_that_waiting_does_not_mend_is_told_at_once(nnlab_home: Path):
    store = RunStore(f"sqlite:///{nnlab_home / 'runs.sqlite3'}")
    run_id = store.create(Experiment(), ME, "engine")
    tries: list[str] = []

    @patience.patient
    def fail() -> None:
        tries.append(run_id)
        with store.engine.begin() as connection:
            connection.exec_driver_sql("SELECT nothing FROM nowhere")

    with pytest.raises(OperationalError, match="nowhere"):
        fail()
    assert tries == [run_id]
