"""Runs that share a worker end as if each had had one of its own."""

import threading

import numpy as np
import pytest
from listening import experiment

from nnlab import settings
from nnlab.experiment import Adam, Experiment
from nnlab.runs.files import RunFiles
from nnlab.runs.leases import Leases
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.training.pace import Pace
from nnlab.work.train_run import LEFT, train_run

WAIT_SECONDS = 120


@pytest.fixture
def store(nnlab_home) -> RunStore:
    return RunStore(settings.database_url())


@pytest.fixture(params=[11, 10_000], ids=["four turns an epoch", "an epoch is one chunk"])
def short_turns(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A turn ends after each chunk of so many steps, if anybody waits."""
    monkeypatch.setattr(Pace, "measured", lambda pace, *_: setattr(pace, "steps", request.param))
    monkeypatch.setattr("nnlab.work.turns.LEAST_SECONDS", 0.0)
    monkeypatch.setattr("nnlab.work.turns.MOST_SECONDS", 0.0)


def rates() -> list[Experiment]:
    """One structure; another seed and another learning rate each."""
    return [
        experiment(epochs=2, seed=n, optimizer=Adam(learning_rate=0.001 * (n + 1)))
        for n in range(3)
    ]


def train_together(run_ids: list[str]) -> None:
    threads = [threading.Thread(target=train_run, args=(run_id,)) for run_id in run_ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_SECONDS)
        assert not thread.is_alive()


def final(run_id: str) -> dict[str, np.ndarray]:
    weights = RunFiles(run_id).read_weights()
    assert weights is not None
    return weights


def test_together_as_alone_bit_for_bit(store: RunStore, short_turns: None):
    alone = [store.create(chosen, "me", "engine") for chosen in rates()]
    for run_id in alone:
        train_run(run_id)
    together = [store.create(chosen, f"visitor {n}", "engine") for n, chosen in enumerate(rates())]
    train_together(together)
    for one, other in zip(alone, together, strict=True):
        assert store.get(other).state == RunState.FINISHED, store.get(other).message
        assert store.get(one).test_loss == store.get(other).test_loss
        for name, values in final(one).items():
            np.testing.assert_array_equal(values, final(other)[name])
        before, after = store.epochs(one), store.epochs(other)
        assert [(e.loss, e.val_loss) for e in before] == [(e.loss, e.val_loss) for e in after]


def test_all_curves_move_before_any_ends(
    store: RunStore, short_turns: None, monkeypatch: pytest.MonkeyPatch
):
    moved: list[str] = []
    add_points = RunStore.add_points
    monkeypatch.setattr(
        RunStore,
        "add_points",
        lambda self, run_id, points: moved.append(run_id) or add_points(self, run_id, points),
    )
    ended: list[tuple[str, set[str]]] = []
    move = RunStore.move

    def note(self: RunStore, run_id: str, state: RunState, **fields: object) -> bool:
        if state == RunState.FINISHED:
            ended.append((run_id, set(moved)))
        return move(self, run_id, state, **fields)

    monkeypatch.setattr(RunStore, "move", note)
    run_ids = [store.create(chosen, "me", "engine") for chosen in rates()]
    train_together(run_ids)
    assert ended[0][1] == set(run_ids)


def test_a_structure_that_many_train_is_compiled_once(
    store: RunStore, short_turns: None, monkeypatch: pytest.MonkeyPatch
):
    from nnlab.training import workshop

    built = []
    compiled = workshop.CompiledNetwork
    monkeypatch.setattr(
        workshop,
        "CompiledNetwork",
        lambda *arguments: built.append(1) or compiled(*arguments),
    )
    workshop._free.clear()
    train_together([store.create(chosen, "me", "engine") for chosen in rates()])
    assert len(built) == 1


def test_more_structures_than_are_kept_are_not_compiled_at_each_turn(
    store: RunStore, short_turns: None, monkeypatch: pytest.MonkeyPatch
):
    from nnlab.training import workshop

    built = []
    compiled = workshop.CompiledNetwork
    monkeypatch.setattr(
        workshop, "CompiledNetwork", lambda *arguments: built.append(1) or compiled(*arguments)
    )
    monkeypatch.setattr(workshop, "KEPT", 1)
    workshop._free.clear()
    chosen = [experiment(epochs=1, batch_size=size) for size in (31, 33, 35)]
    train_together([store.create(one, "me", "engine") for one in chosen])
    assert len(built) == 3
    assert len(workshop._free) == 1


def test_epochs_tell_the_time_of_training_and_not_of_waiting(store: RunStore, short_turns: None):
    alone = store.create(experiment(epochs=2), "me", "engine")
    train_run(alone)
    together = [store.create(experiment(epochs=2, seed=n), "me", "engine") for n in range(4)]
    train_together(together)
    summed = sum(record.seconds for run_id in together for record in store.epochs(run_id))
    lasted = max(store.get(i).finished_at for i in together) - store.get(together[0]).created_at
    assert summed <= lasted.total_seconds()


def test_a_run_that_is_asked_to_leaves_with_its_work_and_goes_on_elsewhere(
    store: RunStore, monkeypatch: pytest.MonkeyPatch, small_steps: None
):
    leases = Leases(store.engine)
    run_id = store.create(experiment(epochs=200), "me", "engine")
    results: list[object] = []
    thread = threading.Thread(target=lambda: results.append(train_run(run_id)))
    thread.start()
    while not store.points(run_id):
        threading.Event().wait(0.02)
    leases.ask_to_leave([run_id])
    thread.join(WAIT_SECONDS)
    assert results == [LEFT]
    run = store.get(run_id)
    checkpoint = RunFiles(run_id).read_checkpoint()
    assert run.state == RunState.RUNNING
    assert checkpoint.epoch * run.steps_per_epoch + checkpoint.step == run.step
    assert leases.of_workers() == {}


def test_who_has_lost_a_run_to_another_worker_ends_without_a_word(
    store: RunStore, small_steps: None
):
    leases = Leases(store.engine)
    run_id = store.create(experiment(epochs=200), "me", "engine")
    thread = threading.Thread(target=train_run, args=(run_id,))
    thread.start()
    while not store.points(run_id):
        threading.Event().wait(0.02)
    token = leases.take(run_id, "another worker")
    thread.join(WAIT_SECONDS)
    assert not thread.is_alive()
    assert store.get(run_id).state == RunState.RUNNING  # it is the other's to end
    assert leases.holds(run_id, token)
