"""What a run's owner wants of it, in both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from nnlab.experiment import Change, Experiment, Training
from nnlab.runs.leases import Leases
from nnlab.runs.records import Point
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.steering import Course, Steering
from nnlab.runs.store import RunStore

RATE = Change(field="learning_rate", value=0.1)
PENALTY = Change(field="l2", value=0.01)


@pytest.fixture
def store(database: str) -> RunStore:
    return RunStore(database)


@pytest.fixture
def steering(store: RunStore) -> Steering:
    return Steering(store.engine)


def paused_run(store: RunStore, step: int = 7) -> str:
    run_id = store.create(Experiment(training=Training(epochs=2)), "me", "engine")
    store.move(run_id, RunState.RUNNING, steps_per_epoch=10)
    store.add_points(run_id, [Point(step, step / 10, 1.0, 0.5, 0.0)])
    store.move(run_id, RunState.PAUSED)
    return run_id


def changes_of(store: RunStore, run_id: str) -> list[tuple[str, int, float]]:
    made = store.get(run_id).experiment.training.changes or ()
    return [(change.field, change.step, change.value) for change in made]


def test_each_wish_leaves_the_other_as_it_is(store: RunStore, steering: Steering):
    one, other = paused_run(store), paused_run(store)
    steering.set(one, speed=2.5)
    steering.set(one, until_step=30)
    assert steering.courses([one, other, "gone"]) == {one: Course(2.5, 30), other: Course()}
    assert steering.further(one, 5) == 35
    assert steering.further(other, 5) is None
    steering.set(one, until_step=None)
    assert steering.further(one, 5) is None
    assert steering.courses([one])[one] == Course(2.5, None)


def go_on(store: RunStore, run_id: str) -> None:
    store.move(run_id, RunState.QUEUED)
    store.move(run_id, RunState.RUNNING)


def test_who_puts_the_pause_off_at_the_last_moment_is_heard(store: RunStore, steering: Steering):
    run_id = paused_run(store, step=7)
    go_on(store, run_id)
    assert store.pause_at(run_id, 7)  # its owner asked for nothing
    assert store.get(run_id).state == RunState.PAUSED
    assert not store.pause_at(run_id, 7)  # it is already
    go_on(store, run_id)
    steering.set(run_id, until_step=7)
    assert steering.further(run_id, 1) == 8
    assert not store.pause_at(run_id, 7)
    assert store.get(run_id).state == RunState.RUNNING
    assert store.pause_at(run_id, 8)
    assert store.get(run_id).state == RunState.PAUSED


def test_a_press_of_step_and_the_pause_never_miss_each_other(store: RunStore, steering: Steering):
    run_id = paused_run(store)
    with ThreadPoolExecutor(2) as both:
        for step in range(40):
            go_on(store, run_id)
            steering.set(run_id, until_step=step)
            paused = both.submit(store.pause_at, run_id, step)
            pressed = both.submit(steering.further, run_id, 1)
            pressed.result()
            seen_paused = store.get(run_id).state == RunState.PAUSED  # as the engine looks
            assert seen_paused or not paused.result()
            store.move(run_id, RunState.PAUSED)


def test_a_paused_run_gets_its_changes_where_it_stands(store: RunStore, steering: Steering):
    run_id = paused_run(store, step=7)
    drawn = [RATE.model_copy(update={"value": value}) for value in (0.1, 0.2, 0.3)]
    steering.add(run_id, [*drawn, PENALTY])
    assert steering.courses([run_id])[run_id].changed
    steering.settle(run_id)
    assert changes_of(store, run_id) == [("learning_rate", 7, 0.3), ("l2", 7, 0.01)]
    assert steering.courses([run_id])[run_id] == Course()
    steering.add(run_id, [RATE])
    steering.settle(run_id)
    assert changes_of(store, run_id) == [("learning_rate", 7, 0.1), ("l2", 7, 0.01)]


def test_only_the_worker_that_has_the_run_makes_its_changes(store: RunStore, steering: Steering):
    run_id = paused_run(store)
    store.move(run_id, RunState.QUEUED)
    steering.add(run_id, [RATE])
    token = Leases(store.engine).take(run_id, "a worker")
    assert steering.settle(run_id) is None
    assert steering.settle(run_id, "another", 9) is None
    assert changes_of(store, run_id) == []
    steering.settle(run_id, token, 9)
    assert changes_of(store, run_id) == [("learning_rate", 9, 0.1)]


def test_after_the_last_step_a_change_is_forgotten(store: RunStore, steering: Steering):
    run_id = paused_run(store, step=20)
    steering.add(run_id, [RATE])
    steering.settle(run_id)
    assert changes_of(store, run_id) == []
    assert steering.waiting(run_id) == []


def test_changes_made_at_once_are_all_made(store: RunStore, steering: Steering):
    run_id = paused_run(store)

    def change(unit: int) -> None:
        weight = {"field": "weight", "layer": 1, "input": None}
        steering.add(run_id, [Change(**weight, unit=unit, value=1.0)])
        steering.settle(run_id)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(change, range(12)))
    assert len(changes_of(store, run_id)) == 12
    assert steering.waiting(run_id) == []


def test_what_is_wanted_of_a_run_goes_with_it(store: RunStore, steering: Steering):
    run_id = paused_run(store)
    steering.set(run_id, speed=1.0)
    steering.add(run_id, [RATE])
    store.delete(run_id, "me")
    assert steering.waiting(run_id) == []
    with pytest.raises(RunNotFound):
        steering.settle(run_id)
