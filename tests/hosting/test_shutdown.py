"""The app is asked to end while somebody's run trains; nothing of it is lost."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from helping import OWNER, long, wait_for
from ports import free_port

from nnlab.runs.engines import Engines
from nnlab.runs.files import RunFiles
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.work.farewell import CLOSED, CLOSED_BEFORE

pytestmark = pytest.mark.fault

ROOT = Path(__file__).resolve().parents[2]
# `docker stop` waits ten seconds before it kills.
MOST_SECONDS = 9.5


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NNLAB_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def app(home: Path) -> Iterator[tuple[subprocess.Popen, str]]:
    """`streamlit run app.py` with one worker, and where it answers."""
    port = free_port()
    environment = {
        **os.environ,
        "NNLAB_WORKERS": "1",
        "NNLAB_RUNS_AT_ONCE": "1",
        "NNLAB_READY_MADE": "0",
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
        "STREAMLIT_SERVER_HEADLESS": "true",
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    yield process, f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


def health(url: str) -> dict | None:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=30) as answer:
            return json.loads(answer.read())
    except OSError:
        return None


def test_the_app_ends_in_time_and_its_runs_go_on_from_where_they_were(
    app: tuple[subprocess.Popen, str], home: Path
):
    process, url = app
    wait_for(lambda: health(url) is not None)
    store = RunStore(f"sqlite:///{home / 'nnlab.sqlite3'}")
    (identity,) = Engines(store.engine).pulses()
    run_id = store.create(long(), OWNER, identity)
    waiting = store.create(long(seed=2), OWNER, identity)
    wait_for(lambda: store.get(run_id).epoch >= 1)
    # What is told of the workers is a moment old.
    wait_for(lambda: (health(url) or {}).get("status") == "ok")
    found = health(url)
    assert found is not None
    assert (found["app_processes"], found["workers"]) == (1, 1)
    assert (found["running"], found["queued"]) == (1, 1)

    asked = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=MOST_SECONDS)
    assert time.monotonic() - asked < MOST_SECONDS

    run, other = store.get(run_id), store.get(waiting)
    assert (run.state, run.message) == (RunState.INTERRUPTED, CLOSED)
    assert (other.state, other.message) == (RunState.INTERRUPTED, CLOSED_BEFORE)
    checkpoint = RunFiles(run_id).read_checkpoint()
    assert checkpoint is not None
    steps = run.steps_per_epoch
    assert steps
    assert checkpoint.epoch * steps + checkpoint.step == run.step
    assert Engines(store.engine).pulses()[identity].ended
