"""What differs between SQLite and PostgreSQL, and does not for the store."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import TimeoutError

from nnlab import settings
from nnlab.experiment import Experiment
from nnlab.runs.database import open_database
from nnlab.runs.drafts import Drafts
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.runs.tables import Base

ME = "a" * 32
AT_ONCE = 6


def at_once(action: Callable[[int], object]) -> list[object]:
    """What `action(i)` returns in several threads that begin together; raises what they raise."""
    barrier = threading.Barrier(AT_ONCE)

    def begin(number: int) -> object:
        barrier.wait()
        return action(number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(begin, range(AT_ONCE)))


@pytest.fixture
def store(database: str) -> RunStore:
    return RunStore(database)


def test_several_may_open_a_new_database_at_once(database: str):
    engines = at_once(lambda _: open_database(database))
    tables = {frozenset(inspect(engine).get_table_names()) for engine in engines}
    assert tables == {frozenset(Base.metadata.tables)}


def test_one_of_several_moves_a_run(store: RunStore, database: str):
    stores = [RunStore(database) for _ in range(AT_ONCE)]
    run_id = store.create(Experiment(), ME, "engine")
    store.move(run_id, RunState.RUNNING)
    moved = at_once(lambda i: stores[i].move(run_id, RunState.FINISHED, test_accuracy=i / 10))
    assert sorted(moved) == [False] * (AT_ONCE - 1) + [True]
    assert store.get(run_id).test_accuracy == moved.index(True) / 10


def test_one_of_several_adopts_a_run(store: RunStore, database: str):
    stores = [RunStore(database) for _ in range(AT_ONCE)]
    run_id = store.create(Experiment(), ME, "dead")
    adopted = at_once(lambda i: stores[i].adopt(run_id, "dead", f"engine {i}"))
    assert sorted(adopted) == [False] * (AT_ONCE - 1) + [True]
    assert store.get(run_id).engine == f"engine {adopted.index(True)}"
    store.move(run_id, RunState.STOPPED)
    assert not store.adopt(run_id, store.get(run_id).engine, "too late")


def test_several_write_the_same_figures_at_once(store: RunStore):
    run_id = store.create(Experiment(), ME, "engine")
    points = [Point(step, step / 10, 1 / step, 0.5, 100.0) for step in range(1, 30)]

    def write(number: int) -> None:
        store.add_points(run_id, points)
        store.add_epoch(run_id, EpochRecord(1, 0.5, 0.8, None, None, float(number)))
        Drafts(store.engine).put(ME, "experiment", [number])

    at_once(write)
    assert [point.step for point in store.points(run_id)] == list(range(1, 30))
    assert len(store.epochs(run_id)) == 1
    assert Drafts(store.engine).get(ME, "experiment")[0] in range(AT_ONCE)


@pytest.mark.parametrize("odd", ["run\x00", "\x00", "\ud800", "x" * 5000])
def test_a_name_that_no_database_can_hold_is_of_no_run(store: RunStore, odd: str):
    store.create(Experiment(), ME, "engine", run_id="run")
    with pytest.raises(RunNotFound):
        store.get(odd)
    assert store.runs_of(odd) == []


def test_odd_characters_of_a_message_are_replaced(store: RunStore):
    run_id = store.create(Experiment(), ME, "engine")
    store.move(run_id, RunState.FAILED, message="a\x00b\ud800c")
    assert store.get(run_id).message == "a\ufffdb?c"


def test_odd_characters_of_a_draft_come_back(store: RunStore):
    drafts = Drafts(store.engine)
    drafts.put(ME, "experiment", {"name": "a\x00b ∆ 🙂"})
    assert drafts.get(ME, "experiment") == {"name": "a\x00b ∆ 🙂"}


def test_what_is_no_number_is_null_in_a_draft(store: RunStore):
    drafts = Drafts(store.engine)
    drafts.put(ME, "lesson", {"a": [1.5, float("nan")], "b": (float("inf"), "text")})
    assert drafts.get(ME, "lesson") == {"a": [1.5, None], "b": [None, "text"]}


@pytest.mark.parametrize("loss", [float("inf"), 1e308, 1e-320])
def test_losses_beyond_all_bounds_are_kept(store: RunStore, loss: float):
    run_id = store.create(Experiment(), ME, "engine")
    store.add_points(run_id, [Point(1, 0.1, loss, 0.5, 100.0)])
    assert store.points(run_id)[0].loss == loss


@pytest.mark.parametrize("url", ["mysql://me:secret@host/db", "my secret"])
def test_another_database_is_refused_without_telling_its_password(url: str):
    with pytest.raises(ValueError, match="NNLAB_DATABASE_URL must look like") as refused:
        open_database(url)
    assert "secret" not in str(refused.value)


def test_no_more_connections_than_are_allowed(postgresql, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NNLAB_DATABASE_CONNECTIONS", "3")
    engine = open_database(f"{postgresql}/postgres")
    held = [engine.connect() for _ in range(3)]
    assert engine.pool.checkedout() == 3
    monkeypatch.setattr(engine.pool, "_timeout", 0.1)
    with pytest.raises(TimeoutError, match="QueuePool limit"):
        engine.connect()
    for connection in held:
        connection.close()
    engine.dispose()


def test_too_many_connections_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NNLAB_DATABASE_CONNECTIONS", "1000")
    with pytest.raises(ValueError, match="from 1 to 200"):
        settings.database_connections()
