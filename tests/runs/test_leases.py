"""Which worker has a run, and what it is told."""

import pytest

from nnlab import settings
from nnlab.experiment import Experiment
from nnlab.runs.leases import Leases
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore


@pytest.fixture
def store(nnlab_home) -> RunStore:
    return RunStore(settings.database_url())


@pytest.fixture
def leases(store: RunStore) -> Leases:
    return Leases(store.engine)


@pytest.fixture
def run_id(store: RunStore) -> str:
    run_id = store.create(Experiment(), "me", "engine")
    store.move(run_id, RunState.RUNNING)
    return run_id


def test_the_newest_claim_counts(leases: Leases, run_id: str):
    first = leases.take(run_id, "worker 1")
    assert leases.holds(run_id, first)
    second = leases.take(run_id, "worker 2")
    assert not leases.holds(run_id, first)
    assert leases.requests({run_id: first}) == {run_id: "lost"}
    leases.release(run_id, first)  # too late: it is another's
    assert leases.holds(run_id, second)
    leases.release(run_id, second)
    assert leases.requests({run_id: second}) == {run_id: "lost"}


def test_requests_reach_a_running_run_only(store: RunStore, leases: Leases, run_id: str):
    held = {run_id: leases.take(run_id, "worker 1")}
    assert leases.requests(held) == {}
    store.request(run_id, "pause")
    assert leases.requests(held) == {run_id: "pause"}
    store.move(run_id, RunState.PAUSED)
    assert leases.requests(held) == {run_id: "stop"}  # not running: whoever asks should end
    assert store.get(run_id).requested is None
    assert leases.requests({"nobody": "token"}) == {"nobody": "stop"}


def test_a_worker_is_asked_to_hand_a_run_back_unless_its_owner_wants_more(
    store: RunStore, leases: Leases, run_id: str
):
    held = {run_id: leases.take(run_id, "worker 1")}
    leases.ask_to_leave([run_id])
    assert leases.requests(held) == {run_id: "leave"}
    store.request(run_id, "stop")
    assert leases.requests(held) == {run_id: "stop"}
    assert leases.requests({run_id: leases.take(run_id, "worker 2")}) == {run_id: "stop"}


def test_loads_count_what_trains(store: RunStore, leases: Leases, run_id: str):
    leases.take(run_id, "worker 1")
    other = store.create(Experiment(), "me", "engine")
    leases.take(other, "worker 2")  # claimed, but not running yet
    assert leases.of_workers() == {"worker 1": [run_id]}
    store.move(run_id, RunState.FINISHED)
    assert leases.of_workers() == {}


def test_with_the_run_its_claim_goes(store: RunStore, leases: Leases, run_id: str):
    token = leases.take(run_id, "worker 1")
    store.move(run_id, RunState.STOPPED)
    store.delete(run_id, "me")
    assert not leases.holds(run_id, token)
