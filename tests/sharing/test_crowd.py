"""A run's place among all others, and how it is told."""

import pytest

from nnlab import settings
from nnlab.experiment import Experiment
from nnlab.runs.records import Point
from nnlab.runs.run import Run
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.ui.queue_words import sharing_text, waiting_text
from nnlab.work.crowd import Crowd
from nnlab.work.slots import SMALL
from nnlab.work.status import ClusterStatus, WorkerStatus


@pytest.fixture
def store(nnlab_home) -> RunStore:
    return RunStore(settings.database_url())


def workers(number: int, room: int = 40) -> ClusterStatus:
    each = tuple(WorkerStatus(f"worker {n}", SMALL, room, True) for n in range(number))
    return ClusterStatus("ready", number, each=each)


def queued(store: RunStore, owner: str) -> Run:
    return store.get(store.create(Experiment(), owner, "engine"))


def training(store: RunStore, owner: str, images_per_second: float = 30_000) -> Run:
    run = queued(store, owner)
    store.move(run.id, RunState.RUNNING, steps_per_epoch=1688)
    store.add_points(run.id, [Point(1688, 1.0, 0.5, 0.8, images_per_second)])
    return store.get(run.id)


def test_alone_it_is_told_the_time_and_nothing_of_others(store: RunStore):
    run = training(store, "ann")
    outlook = Crowd(store.active_runs()).outlook(run, workers(2))
    assert outlook.sharing == 1
    assert outlook.seconds_left == pytest.approx(run.seconds_left)
    assert sharing_text(outlook) == "about 7 s left"  # 4 epochs of 54,000 images


def test_in_a_crowd_the_time_is_that_of_sharing(store: RunStore):
    runs = [training(store, f"visitor {n}") for n in range(6)]
    outlook = Crowd(store.active_runs()).outlook(runs[0], workers(2))
    assert outlook.seconds_left == pytest.approx(3 * runs[0].seconds_left)
    assert sharing_text(outlook) == "6 runs share 2 workers · about 22 s left"


def test_beyond_ones_own_share_the_reason_and_the_place_are_told(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NNLAB_RUNS_AT_ONCE", "1")
    training(store, "ann")
    waiting = [queued(store, "ann") for _ in range(2)]
    crowd = Crowd(store.active_runs())
    found = [crowd.outlook(run, workers(2)) for run in waiting]
    assert [(place.position, place.reason) for place in found] == [
        (1, "own limit"), (2, "own limit")
    ]  # fmt: skip
    assert "1 of one person" in waiting_text(found[0])
    assert "number 2 in the queue" in waiting_text(found[1])
    assert found[0].seconds_left is None


def test_full_workers_are_another_reason(store: RunStore):
    training(store, "ann")
    outlook = Crowd(store.active_runs()).outlook(queued(store, "ben"), workers(1, room=1))
    assert (outlook.position, outlook.reason) == (1, "no room")
    assert "room on the workers" in waiting_text(outlook)


def test_one_that_is_about_to_begin_does_not_wait_though_the_last_look_knew_it_not(store: RunStore):
    crowd = Crowd(store.active_runs())
    outlook = crowd.outlook(queued(store, "ann"), workers(1))
    assert outlook.position is None
    assert waiting_text(outlook) == "Starting …"
