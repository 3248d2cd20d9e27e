"""Runs whose workers have all gone, with workers and a client that are not real."""

from collections.abc import Callable
from typing import Any

from nnlab.work.admission import Waiting
from nnlab.work.dispatch import MOST_LOSSES, Dispatch, WorkersGone
from nnlab.work.slots import LARGE, SMALL
from nnlab.work.status import ClusterStatus, WorkerStatus

NOBODY = ClusterStatus("warming")
ONE, TWO = WorkerStatus("one", SMALL, 40, True), WorkerStatus("two", SMALL, 40, True)
COLD = WorkerStatus("cold", SMALL, 40, False)
BIG = WorkerStatus("big", LARGE, 16, True)
SOMEBODY = ClusterStatus("ready", each=(ONE,))


class Future:
    def __init__(self) -> None:
        self.status = "pending"
        self.cancelled = False
        self.then: Callable[[Any], None] = lambda _: None

    def cancel(self) -> None:
        self.cancelled = True

    def add_done_callback(self, then: "Callable[[Any], None]") -> None:
        self.then = then

    def finish(self) -> None:
        self.status = "finished"
        self.then(self)

    def result(self) -> None:
        return None


class Client:
    def __init__(self) -> None:
        self.asked: list[tuple[str, Future]] = []
        self.workers: list[list[str] | None] = []

    def submit(self, _: Any, run_id: str, **asked: Any) -> Future:
        assert "allow_other_workers" not in asked  # it takes any worker, also one without room
        future = Future()
        self.workers.append(asked["workers"])
        self.asked.append((run_id, future))
        return future


def test_they_wait_again_and_go_to_the_next_worker():
    client, lost = Client(), []
    dispatch = Dispatch(lambda run_id, error: lost.append((run_id, type(error))))
    dispatch.connect(client)  # type: ignore[arg-type]
    dispatch.look(SOMEBODY)
    for run_id in ("first", "second"):
        dispatch.add(Waiting(run_id, run_id, SMALL, 1))
    dispatch.look(NOBODY)
    assert all(future.cancelled for _, future in client.asked)
    assert dispatch.in_hand() == []
    assert dispatch.knows("first")
    dispatch.look(SOMEBODY)
    assert [run_id for run_id, _ in client.asked] == ["first", "second"] * 2
    assert not any(future.cancelled for _, future in client.asked[2:])
    assert lost == []


def test_a_run_is_taken_back_when_those_it_was_for_are_replaced_between_two_looks():
    client, lost = Client(), []
    dispatch = Dispatch(lambda run_id, error: lost.append((run_id, type(error))))
    dispatch.connect(client)  # type: ignore[arg-type]
    dispatch.look(ClusterStatus("ready", each=(ONE, COLD, BIG)))
    dispatch.add(Waiting("run", "owner", SMALL, 1))
    dispatch.look(ClusterStatus("ready", each=(COLD, BIG, ONE)))
    assert client.workers == [["one"]]
    dispatch.look(ClusterStatus("ready", each=(COLD, TWO, BIG)))
    assert client.workers == [["one"], ["two"]]
    assert [future.cancelled for _, future in client.asked] == [True, False]
    assert lost == []


def test_while_no_worker_is_warm_a_run_is_for_all_and_stays_where_it_is():
    client = Client()
    dispatch = Dispatch(lambda *_: None)
    dispatch.connect(client)  # type: ignore[arg-type]
    dispatch.look(ClusterStatus("warming", each=(COLD,)))
    dispatch.add(Waiting("run", "owner", SMALL, 1))
    dispatch.look(ClusterStatus("ready", each=(ONE,)))
    assert client.workers == [None]
    assert not client.asked[0][1].cancelled


def test_what_a_new_scheduler_does_not_know_is_handed_out_again():
    client, lost = Client(), []
    dispatch = Dispatch(lambda run_id, error: lost.append((run_id, type(error))))
    dispatch.connect(client)  # type: ignore[arg-type]
    dispatch.look(SOMEBODY)
    for run_id in ("first", "second"):
        dispatch.add(Waiting(run_id, run_id, SMALL, 1))
    for _, future in client.asked:  # as Dask's client does when its scheduler goes
        future.status = "cancelled"
        future.then(future)
    assert len(client.asked) == 2  # not while it is not connected
    dispatch.look(SOMEBODY)  # a scheduler in its place, with workers already
    assert [run_id for run_id, _ in client.asked] == ["first", "second"] * 2
    assert dispatch.in_hand() == ["first", "second"]
    assert lost == []


def test_one_that_outlives_its_workers_too_often_is_lost():
    client, lost = Client(), []
    dispatch = Dispatch(lambda run_id, error: lost.append((run_id, type(error))))
    dispatch.connect(client)  # type: ignore[arg-type]
    dispatch.add(Waiting("run", "owner", SMALL, 1))
    for _ in range(MOST_LOSSES + 1):
        assert lost == []
        dispatch.look(SOMEBODY)
        dispatch.look(NOBODY)
    assert lost == [("run", WorkersGone)]
    assert not dispatch.knows("run")


def test_when_a_run_ends_the_next_takes_its_place_at_once(monkeypatch):
    monkeypatch.setenv("NNLAB_RUNS_AT_ONCE", "1")
    client = Client()
    dispatch = Dispatch(lambda *_: None)
    dispatch.connect(client)  # type: ignore[arg-type]
    dispatch.look(SOMEBODY)
    for run_id in ("first", "second"):
        dispatch.add(Waiting(run_id, "the same visitor", SMALL, 1))
    assert dispatch.in_hand() == ["first"]
    client.asked[0][1].finish()
    assert dispatch.in_hand() == ["second"]


def test_who_is_resumed_after_that_may_outlive_its_workers_as_often_again():
    client, lost = Client(), []
    dispatch = Dispatch(lambda run_id, _: lost.append(run_id))
    dispatch.connect(client)  # type: ignore[arg-type]
    for times in (1, 2):
        dispatch.add(Waiting("run", "owner", SMALL, 1))
        for _ in range(MOST_LOSSES + 1):
            assert len(lost) == times - 1
            dispatch.look(SOMEBODY)
            dispatch.look(NOBODY)
        assert lost == ["run"] * times
