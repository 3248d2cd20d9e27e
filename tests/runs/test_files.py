"""A run's folder: nothing half-written is ever read, and the manifest comes last."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from nnlab.runs.files import Result, RunFiles
from nnlab.runs.records import Checkpoint, EpochRecord

STATE = {"model.0": np.arange(6, dtype=np.float32).reshape(2, 3), "optimizer.0": np.array(7)}
CHECKPOINT = Checkpoint(2, 5, STATE, (EpochRecord(1, 0.5, 0.8, None, None, 1.0),) * 2)
RESULT = Result(np.full((3, 10), 0.1, np.float32), np.array([1, 2, 3]))


@pytest.fixture
def files(nnlab_home: Path) -> RunFiles:
    return RunFiles("run")


def test_a_checkpoint_comes_back_whole(files: RunFiles):
    assert files.read_checkpoint() is None
    files.write_checkpoint(CHECKPOINT)
    read = files.read_checkpoint()
    assert read is not None
    assert (read.epoch, read.step, read.history) == (2, 5, CHECKPOINT.history)
    assert read.state.keys() == STATE.keys()
    np.testing.assert_array_equal(read.state["model.0"], STATE["model.0"])
    assert files.read_checkpoint(best=True) is None


def test_the_best_one_is_kept_beside_the_last(files: RunFiles):
    files.write_checkpoint(CHECKPOINT, best=True)
    files.write_checkpoint(Checkpoint(3, 0, STATE))
    assert files.read_checkpoint().epoch == 3
    assert files.read_checkpoint(best=True).epoch == 2


def test_the_end_leaves_weights_result_and_manifest(files: RunFiles):
    files.write_checkpoint(CHECKPOINT, best=True)
    assert not files.complete
    files.write_final({"model.0": STATE["model.0"]}, RESULT, {"test_accuracy": 0.9})
    assert files.complete
    assert sorted(p.name for p in files.folder.iterdir()) == [
        "manifest.json",
        "result.npz",
        "weights.npz",
    ]
    assert files.read_manifest() == {"test_accuracy": 0.9}
    np.testing.assert_array_equal(files.read_result().y_test, RESULT.y_test)
    np.testing.assert_array_equal(files.read_weights()["model.0"], STATE["model.0"])


@pytest.mark.fault
@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 cut short"])
def test_a_damaged_checkpoint_counts_as_none(files: RunFiles, content: bytes):
    files.write_checkpoint(CHECKPOINT)
    (files.folder / "checkpoint.npz").write_bytes(content)
    assert files.read_checkpoint() is None


@pytest.mark.fault
def test_a_pickle_in_a_checkpoint_is_not_opened(files: RunFiles):
    files.folder.mkdir(parents=True)
    bomb = np.array([print], dtype=object)
    np.savez(files.folder / "weights.npz", bomb=bomb)
    assert files.read_weights() is None


@pytest.mark.fault
def test_a_full_disk_keeps_the_last_checkpoint_and_leaves_no_rest(
    files: RunFiles, monkeypatch: pytest.MonkeyPatch
):
    files.write_checkpoint(CHECKPOINT)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        files.write_checkpoint(Checkpoint(3, 0, STATE))
    assert files.read_checkpoint().epoch == 2
    assert [p.name for p in files.folder.iterdir()] == ["checkpoint.npz"]
