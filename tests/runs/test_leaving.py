"""A worker that ends waits for its trainings, but not for ever."""

import threading
import time
from collections.abc import Iterator

import pytest
from event_loop import run_apart

from nnlab.work import leaving
from nnlab.work.leaving import dask_teardown, training, worker_leaves


@pytest.fixture(autouse=True)
def asked_for_nothing() -> Iterator[None]:
    leaving._asked.clear()
    yield
    leaving._asked.clear()


def train_until_asked(begun: threading.Event, ends: list[float]) -> None:
    with training():
        begun.set()
        while not worker_leaves():
            time.sleep(0.01)
        time.sleep(0.2)  # the checkpoint
        ends.append(time.monotonic())


def test_a_worker_without_trainings_ends_at_once():
    assert not worker_leaves()
    run_apart(dask_teardown(None))
    assert worker_leaves()


def test_trainings_are_asked_and_waited_for():
    ends: list[float] = []
    for _ in range(3):
        begun = threading.Event()
        threading.Thread(target=train_until_asked, args=(begun, ends), daemon=True).start()
        begun.wait()
    run_apart(dask_teardown(None))
    assert len(ends) == 3


def test_one_that_hangs_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(leaving, "PATIENCE_SECONDS", 0.3)
    with training():
        began = time.monotonic()
        run_apart(dask_teardown(None))
        assert 0.3 <= time.monotonic() - began < 3


def test_a_training_that_fails_is_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(ValueError, match="broken"), training():
        raise ValueError("broken")
    began = time.monotonic()
    run_apart(dask_teardown(None))
    assert time.monotonic() - began < leaving.PATIENCE_SECONDS


def test_dask_finds_it_in_the_preload_of_workers():
    from nnlab.work import warm

    assert warm.dask_teardown is dask_teardown
