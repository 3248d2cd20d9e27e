"""Workers that somebody else started, found by `NNLAB_SCHEDULER`."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from helping import OWNER, quick, wait_for, wait_for_end

from nnlab.runs.states import RunState
from nnlab.work.cluster import NO_SLOTS
from nnlab.work.engine import Engine

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def scheduler_file(tmp_path: Path) -> Iterator[Path]:
    """A scheduler in a process of its own, as `dask scheduler` starts it."""
    path = tmp_path / "scheduler.json"
    process = dask("scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1",
                   "--scheduler-file", str(path))  # fmt: skip
    wait_for(path.exists)
    yield path
    end(process)


def dask(*arguments: str) -> subprocess.Popen:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-m", "dask", *arguments], env=environment)


def end(process: subprocess.Popen) -> None:
    process.terminate()
    process.wait(timeout=30)


def test_a_run_trains_on_a_cluster_and_a_missing_slot_is_told(
    scheduler_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    import json

    address = json.loads(scheduler_file.read_text())["address"]
    monkeypatch.setenv("NNLAB_SCHEDULER", address)
    monkeypatch.setenv("NNLAB_HOME", str(tmp_path))
    engine = Engine().start()
    try:
        wait_for(lambda: engine.status.message == NO_SLOTS)
        run_id = engine.train(quick(), OWNER)
        worker = dask("worker", address, "--nthreads", "10", "--resources", "train=8",
                      "--preload", "nnlab.work.warm", "--no-dashboard")  # fmt: skip
        try:
            engine.wait_until_ready()
            run = wait_for_end(engine, run_id)
            assert run.state == RunState.FINISHED, run.message
        finally:
            end(worker)
    finally:
        engine.close()
