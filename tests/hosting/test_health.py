"""What is told of the app's health, and that it names nobody."""

import json
import runpy
import signal
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from click.testing import CliRunner
from event_loop import run_apart

from nnlab import settings
from nnlab.commands import main
from nnlab.experiment import Experiment
from nnlab.runs.engines import Engines
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.ui import resources, server
from nnlab.work.health import DOWN, health_of
from nnlab.work.status import ClusterStatus, WorkerStatus

ROOT = Path(__file__).resolve().parents[2]
READY = ClusterStatus("ready", 2, each=(WorkerStatus("one", "train", 40, True),))


@pytest.fixture
def store() -> RunStore:
    return RunStore(settings.database_url())


def break_database(store: RunStore) -> None:
    """Its file is no database any more."""
    store.engine.dispose()
    for path in settings.home().glob("nnlab.sqlite3*"):
        path.unlink()
    (settings.home() / "nnlab.sqlite3").write_bytes(b"no database" * 100)


def test_runs_workers_and_app_processes_are_counted(store: RunStore):
    for number in range(4):
        run_id = store.create(Experiment(), f"{number}" * 32, "engine")
        if number:
            store.move(run_id, RunState.RUNNING)
    store.move(run_id, RunState.STOPPED)
    engines = Engines(store.engine)
    for name in ("one", "two", "ended"):
        engines.beat(name)
    engines.end("ended")
    found = health_of(store, READY)
    assert (found.status, found.database, found.phase) == ("ok", True, "ready")
    assert (found.queued, found.running, found.app_processes) == (1, 2, 2)
    assert (found.workers, found.ready) == (2, 1)


@pytest.mark.parametrize("phase", ["starting", "warming", "down"])
def test_without_a_worker_that_trains_it_is_degraded(store: RunStore, phase):
    assert health_of(store, ClusterStatus(phase)).status == "degraded"


def test_without_its_database_it_is_down(store: RunStore):
    break_database(store)
    assert health_of(store, READY) == DOWN


def test_the_page_for_load_balancers(store: RunStore, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(server, "engine", lambda: SimpleNamespace(store=store, status=READY))
    answer = server._tell_health(None)  # type: ignore[arg-type]
    assert answer.status_code == 200
    assert json.loads(answer.body)["status"] == "ok"
    break_database(store)
    answer = server._tell_health(None)  # type: ignore[arg-type]
    assert answer.status_code == 503
    assert json.loads(answer.body) == DOWN.to_json()


def test_it_is_also_below_the_base_path(monkeypatch: pytest.MonkeyPatch):
    assert [route.path for route in server.routes()] == ["/health"]
    monkeypatch.setattr(server.st, "get_option", lambda _: "/lab/")
    assert [route.path for route in server.routes()] == ["/health", "/lab/health"]


def test_the_command_says_so_by_its_exit_code(store: RunStore, monkeypatch: pytest.MonkeyPatch):
    told = CliRunner().invoke(main, ["health", "--json"])
    assert (told.exit_code, json.loads(told.output)["database"]) == (0, True)
    monkeypatch.setenv("NNLAB_SCHEDULER", "tcp://127.0.0.1:9")
    told = CliRunner().invoke(main, ["health"])
    assert told.exit_code == 1
    assert "down" in told.output
    monkeypatch.delenv("NNLAB_SCHEDULER")
    break_database(store)
    told = CliRunner().invoke(main, ["health"])
    assert told.exit_code == 1
    assert "database       no" in told.output


def test_streamlit_finds_the_server_in_the_home_page():
    from streamlit.web.server.app_discovery import discover_asgi_app

    found = discover_asgi_app(ROOT / "app.py")
    assert (found.is_asgi_app, found.import_string) == (True, "app:app")
    app = runpy.run_path(str(ROOT / "app.py"), run_name="app")["app"]
    assert isinstance(app, st.App)
    assert app.script_path == ROOT / "app.py"


def test_a_signal_closes_the_engine_before_the_server_hears_of_it(
    monkeypatch: pytest.MonkeyPatch,
):
    heard: list[str] = []
    closed = threading.Event()
    engine = SimpleNamespace(close=lambda: (heard.append("engine"), closed.set()))
    monkeypatch.setattr(resources, "_started", [engine])
    monkeypatch.setattr(server.st, "get_option", lambda _: True)
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)

    def of_the_server(*_: object) -> None:
        closed.wait(5)
        heard.append("server")

    async def serve() -> None:
        async with server.lifespan(None):
            signal.raise_signal(signal.SIGTERM)
            signal.raise_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, of_the_server)
    try:
        run_apart(serve())
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
    assert heard == ["engine", "server", "server"]


def test_the_engine_is_closed_without_a_signal_too(monkeypatch: pytest.MonkeyPatch):
    heard: list[str] = []
    engine = SimpleNamespace(close=lambda: heard.append("engine"))
    monkeypatch.setattr(resources, "_started", [engine])
    monkeypatch.setattr(server.st, "get_option", lambda _: True)
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)

    async def serve() -> None:
        async with server.lifespan(None):
            assert heard == []

    run_apart(serve())
    signal.signal(signal.SIGTERM, before[0])
    signal.signal(signal.SIGINT, before[1])
    assert heard == ["engine"]
