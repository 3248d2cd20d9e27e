"""Processes are killed and disks fill up; nothing finished is lost, and the user is told."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from helping import (
    OWNER,
    long,
    quick,
    wait_for,
    wait_for_all_workers,
    wait_for_end,
    worker_processes,
)
from sqlalchemy.exc import OperationalError

from nnlab.datasets import DatasetUnavailable
from nnlab.runs.states import RunState
from nnlab.work.engine import Engine
from nnlab.work.failures import DISK_FULL, disk_is_full, failure_message
from nnlab.work.heartbeat import Silence

pytestmark = pytest.mark.fault


def training_process(engine: Engine) -> psutil.Process:
    """The worker that is at it: the one that uses the processor."""
    processes = worker_processes(engine)
    for process in processes:
        process.cpu_percent()
    time.sleep(0.5)
    return max(processes, key=lambda process: process.cpu_percent())


def test_a_killed_worker_is_replaced_and_its_run_goes_on(engine: Engine):
    finished = wait_for_end(engine, engine.train(quick(), OWNER))
    run_id = engine.train(long(epochs=30), OWNER)
    wait_for(lambda: engine.run(run_id).epoch >= 2)
    victim = training_process(engine)
    epoch = engine.run(run_id).epoch
    victim.send_signal(signal.SIGKILL)
    wait_for_all_workers(engine, killed=victim)
    run = wait_for_end(engine, run_id)
    assert run.state == RunState.FINISHED, run.message
    records = engine.store.epochs(run_id)
    assert [r.epoch for r in records] == list(range(1, 31))
    assert epoch >= 2
    unbroken = wait_for_end(engine, engine.train(long(epochs=30), OWNER))
    assert run.test_loss == unbroken.test_loss
    assert engine.run(finished.id).test_accuracy == finished.test_accuracy


def test_a_killed_keeper_is_replaced_too(engine: Engine):
    run_id = engine.train(long(epochs=40), OWNER)
    wait_for(lambda: engine.run(run_id).epoch >= 1)
    keeper = training_process(engine).parent()
    keeper.send_signal(signal.SIGKILL)
    run = wait_for_end(engine, run_id)
    assert run.state == RunState.FINISHED, run.message
    wait_for_all_workers(engine)


def test_a_killed_scheduler_brings_up_new_workers_and_the_run_goes_on(engine: Engine):
    run_id = engine.train(long(epochs=40), OWNER)
    wait_for(lambda: engine.run(run_id).epoch >= 1)
    scheduler = engine._own.cluster.scheduler.process.pid
    psutil.Process(scheduler).send_signal(signal.SIGKILL)
    run = wait_for_end(engine, run_id)
    assert run.state == RunState.FINISHED, run.message
    wait_for(lambda: engine.status.phase == "ready")
    wait_for(lambda: engine._own.cluster.scheduler.process.pid != scheduler)
    assert wait_for_end(engine, engine.train(quick(), OWNER)).state == RunState.FINISHED


APP = """
import sys, time
from nnlab.experiment import Dataset, Dense, Experiment, Flatten, Training
from nnlab.work.engine import Engine

if __name__ == "__main__":
    experiment = Experiment(
        dataset=Dataset(name="digits"),
        layers=(Flatten(), Dense(units=16)),
        training=Training(epochs=200, batch_size=4),
    )
    engine = Engine(n_workers=1).start()
    run_id = engine.train(experiment, "tester")
    while engine.run(run_id).epoch < 2:
        time.sleep(0.05)
    print(run_id, flush=True)
    time.sleep(600)
"""


def test_a_killed_app_leaves_no_process_and_its_run_can_be_resumed(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NNLAB_HOME", str(tmp_path))
    script = tmp_path / "app_process.py"
    script.write_text(APP)
    root = Path(__file__).resolve().parents[2]
    monkeypatch.setenv("PYTHONPATH", str(root))
    app = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert app.stdout is not None
    run_id = app.stdout.readline().strip()
    family = psutil.Process(app.pid).children(recursive=True)
    assert len(family) >= 3
    app.kill()
    app.wait()
    app.stdout.close()
    _, alive = psutil.wait_procs(family, timeout=15)
    assert alive == []

    again = Engine(n_workers=1).start()
    try:
        run = again.run(run_id)
        assert run.state == RunState.INTERRUPTED
        assert "Resume" in run.message
        epoch = run.epoch
        again.resume(run_id, "tester")
        wait_for(lambda: again.run(run_id).epoch > epoch)
        again.stop(run_id, "tester")
        wait_for(lambda: not again.run(run_id).active)
        assert again.run(run_id).complete
        assert [r.epoch for r in again.store.epochs(run_id)][:epoch] == list(range(1, epoch + 1))
    finally:
        again.close()


def test_runs_of_a_living_app_are_left_alone(engine: Engine):
    run_id = engine.train(long(), OWNER)
    wait_for(lambda: engine.run(run_id).state == RunState.RUNNING)
    assert Silence(1).dead([engine.identity], {}) == set()
    engine.stop(run_id, OWNER)
    assert wait_for_end(engine, run_id).state == RunState.STOPPED


def test_an_end_that_cannot_be_stored_is_still_told(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    """The database is on the full disk too: neither worker nor app can write the failure down."""
    run_id = engine.store.create(quick(), OWNER, engine.identity)
    full = OperationalError("update", {}, Exception("database or disk is full"))

    def refuse(*_: object, **__: object) -> None:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(engine.store, "move", refuse)
        engine._lost(run_id, full)
    assert (engine.run(run_id).state, engine.run(run_id).message) == (RunState.FAILED, DISK_FULL)
    engine.stop(run_id, OWNER)


def test_a_full_disk_is_recognised_wherever_it_is_met():
    import errno

    assert failure_message(OSError(errno.ENOSPC, "x")) == DISK_FULL
    full = OperationalError("insert", {}, Exception("database or disk is full"))
    assert disk_is_full(full)
    assert not disk_is_full(OSError(errno.EACCES, "x"))
    assert failure_message(DatasetUnavailable("get it")) == "get it"
    assert "smaller batch" in failure_message(MemoryError())
    assert "ValueError: odd" in failure_message(ValueError("odd"))
