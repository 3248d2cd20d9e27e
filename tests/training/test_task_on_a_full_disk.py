"""The task that a worker runs, in this process, on a disk that fills up."""

import errno
import os
from pathlib import Path

import pytest
from listening import experiment

from nnlab import settings
from nnlab.runs.files import CHECKPOINT, RunFiles
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.work.failures import DISK_FULL
from nnlab.work.train_run import train_run

pytestmark = pytest.mark.fault


@pytest.fixture
def store(nnlab_home) -> RunStore:
    return RunStore(settings.database_url())


def test_the_run_fails_with_advice_and_goes_on_when_there_is_room(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
):
    finished = store.create(experiment(epochs=1), "me", "engine")
    train_run(finished)
    run_id = store.create(experiment(epochs=3), "me", "engine")
    replace, kept = os.replace, []

    def fill_up(source, target) -> None:
        """Room for the first checkpoint, and for nothing after it."""
        if kept:
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(source, target)
        if Path(target).name == CHECKPOINT:
            kept.append(target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fill_up)
        train_run(run_id)
    run = store.get(run_id)
    assert (run.state, run.message) == (RunState.FAILED, DISK_FULL)
    assert RunFiles(run_id).read_checkpoint().epoch >= 1

    store.move(run_id, RunState.QUEUED)
    train_run(run_id)
    run = store.get(run_id)
    assert run.state == RunState.FINISHED
    assert [r.epoch for r in store.epochs(run_id)] == [1, 2, 3]
    unbroken = store.create(experiment(epochs=3), "me", "engine")
    train_run(unbroken)
    assert run.test_loss == store.get(unbroken).test_loss
    assert RunFiles(finished).complete


def test_room_running_out_at_the_very_end_loses_no_epoch(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
):
    run_id = store.create(experiment(epochs=2), "me", "engine")

    def no_final(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(RunFiles, "write_final", no_final)
        train_run(run_id)
    assert store.get(run_id).state == RunState.FAILED
    assert not RunFiles(run_id).complete
    store.move(run_id, RunState.QUEUED)
    train_run(run_id)
    assert store.get(run_id).state == RunState.FINISHED
    assert store.get(run_id).epoch == 2


def test_a_damaged_data_file_is_named_in_the_message(
    store: RunStore, tmp_path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "mnist.npz").write_bytes(b"no zip at all")
    monkeypatch.setenv("NNLAB_DATA_DIR", str(tmp_path))
    chosen = experiment().model_copy(update={"dataset": experiment().dataset.model_copy(
        update={"name": "mnist"})})  # fmt: skip
    run_id = store.create(chosen, "me", "engine")
    train_run(run_id)
    run = store.get(run_id)
    assert run.state == RunState.FAILED
    assert "mnist.npz" in run.message
