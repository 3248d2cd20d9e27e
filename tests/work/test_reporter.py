"""What a training reports is written beside it, in order, and nothing is lost at its end."""

import threading

import numpy as np
import pytest

from nnlab import settings
from nnlab.experiment import Experiment
from nnlab.runs.files import RunFiles
from nnlab.runs.records import Checkpoint, EpochRecord, Point
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.work.reporter import StoreReporter


@pytest.fixture
def store(nnlab_home) -> RunStore:
    return RunStore(settings.database_url())


@pytest.fixture
def run_id(store: RunStore) -> str:
    run_id = store.create(Experiment(), "me", "engine")
    store.move(run_id, RunState.RUNNING)
    return run_id


def point(step: int) -> Point:
    return Point(step, step / 100, 1 / step, 0.5, 1000.0)


def checkpoint(epoch: int) -> Checkpoint:
    return Checkpoint(epoch, 0, {"model.0": np.full(3, epoch)})


def test_at_the_end_everything_is_written(store: RunStore, run_id: str):
    with StoreReporter(store, RunFiles(run_id), run_id) as reporter:
        for step in range(1, 200):
            reporter.point(point(step))
        reporter.epoch(EpochRecord(1, 0.5, 0.9, None, None, 1.0))
        reporter.checkpoint(checkpoint(1), best=True)
        reporter.checkpoint(checkpoint(2))
        reporter.checkpoint(checkpoint(3))
    assert [p.step for p in store.points(run_id)] == list(range(1, 200))
    assert store.get(run_id).step == 199
    assert [record.epoch for record in store.epochs(run_id)] == [1]
    assert RunFiles(run_id).read_checkpoint().epoch == 3
    assert RunFiles(run_id).read_checkpoint(best=True).epoch == 1


def test_training_does_not_wait_for_a_slow_disk(
    store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
):
    free, written = threading.Event(), []

    def slow(self: RunFiles, kept: Checkpoint, *, best: bool = False) -> None:
        assert free.wait(30)
        written.append(kept.epoch)

    monkeypatch.setattr(RunFiles, "write_checkpoint", slow)
    with StoreReporter(store, RunFiles(run_id), run_id) as reporter:
        for epoch in range(1, 50):  # comes to an end only if nobody waits
            reporter.checkpoint(checkpoint(epoch))
            reporter.point(point(epoch))
        free.set()
    assert written[-1] == 49
    assert len(written) <= 3  # those that were overtaken are left out


def test_a_request_is_handed_on(store: RunStore, run_id: str):
    asked = iter([None, "pause"])
    with StoreReporter(store, RunFiles(run_id), run_id, asked=lambda: next(asked)) as reporter:
        assert reporter.requested() is None
        assert reporter.requested() == "pause"


def test_an_error_of_the_disk_reaches_the_training(
    store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
):
    def full(self: RunFiles, kept: Checkpoint, *, best: bool = False) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(RunFiles, "write_checkpoint", full)
    with (
        pytest.raises(OSError, match="No space"),
        StoreReporter(store, RunFiles(run_id), run_id) as reporter,
    ):
        reporter.checkpoint(checkpoint(1))


def test_an_error_of_the_training_is_not_hidden_by_one_of_the_disk(
    store: RunStore, run_id: str, monkeypatch: pytest.MonkeyPatch
):
    def full(self: RunFiles, kept: Checkpoint, *, best: bool = False) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(RunFiles, "write_checkpoint", full)

    def train() -> None:
        with StoreReporter(store, RunFiles(run_id), run_id) as reporter:
            reporter.checkpoint(checkpoint(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        train()


def test_a_point_of_the_same_step_replaces_the_one_before(store: RunStore, run_id: str):
    store.add_points(run_id, [point(1), point(2)])
    store.add_points(run_id, [Point(2, 0.02, 9.0, 0.1, 5.0), point(3)])
    assert [(p.step, p.loss) for p in store.points(run_id)] == [(1, 1.0), (2, 9.0), (3, 1 / 3)]
