"""The run store, on a real database."""

import itertools
import threading

import pytest

from nnlab import settings
from nnlab.experiment import Dataset, Experiment, Training
from nnlab.runs.drafts import Drafts
from nnlab.runs.history import History
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import ACTIVE, COMPLETE, RESUMABLE, RunState, may_follow
from nnlab.runs.store import RunStore

ME, OTHER = "a" * 32, "b" * 32


@pytest.fixture
def store(database: str) -> RunStore:
    return RunStore(database)


@pytest.fixture
def run_id(store: RunStore) -> str:
    return store.create(Experiment(name="Mine"), ME, "engine")


def point(step: int) -> Point:
    return Point(step, step / 10, 1 / step, 0.5, 1000.0)


def record(epoch: int, **values) -> EpochRecord:
    return EpochRecord(epoch, 0.5, 0.8, values.get("val_loss", 0.6), 0.7, 1.5)


def test_a_run_comes_back_as_it_was_stored(store: RunStore, run_id: str):
    run = store.get(run_id, ME)
    assert run.experiment == Experiment(name="Mine")
    assert (run.state, run.epoch, run.step, run.progress) == (RunState.QUEUED, 0, 0, 0.0)
    assert run.active
    assert not run.complete


def test_a_strangers_run_looks_like_none_at_all(store: RunStore, run_id: str):
    with pytest.raises(RunNotFound) as foreign:
        store.get(run_id, OTHER)
    with pytest.raises(RunNotFound) as missing:
        store.get("0" * 16)
    assert str(foreign.value).replace(run_id, "0" * 16) == str(missing.value)
    assert store.runs_of(OTHER) == []


def test_ids_cannot_be_guessed_from_one_another(store: RunStore):
    ids = {store.create(Experiment(), ME, "engine") for _ in range(20)}
    assert len(ids) == 20
    assert all(len(i) == 16 and int(i, 16) >= 0 for i in ids)


def test_runs_are_listed_newest_first(store: RunStore):
    ids = [store.create(Experiment(), ME, "engine") for _ in range(3)]
    assert [run.id for run in store.runs_of(ME)] == ids[::-1]
    assert [run.id for run in store.runs_of(ME, limit=1)] == ids[:1:-1]


def test_only_allowed_moves_are_made(store: RunStore, run_id: str):
    assert store.move(run_id, RunState.RUNNING, steps_per_epoch=10)
    assert store.move(run_id, RunState.FINISHED, test_accuracy=0.9, test_loss=0.1)
    assert not store.move(run_id, RunState.RUNNING)
    run = store.get(run_id)
    assert (run.state, run.test_accuracy, run.complete) == (RunState.FINISHED, 0.9, True)
    assert run.finished_at is not None
    assert not store.move("nobody", RunState.RUNNING)


def test_a_finished_run_never_changes_and_every_active_one_can_end():
    for before, after in itertools.product(COMPLETE, RunState):
        assert not may_follow(before, after)
    for before in ACTIVE:
        assert may_follow(before, RunState.INTERRUPTED)
        assert may_follow(before, RunState.STOPPED)
    for before in RESUMABLE:
        assert may_follow(before, RunState.QUEUED)


def test_curves_are_read_from_where_one_left_off(store: RunStore, run_id: str):
    history = History(run_id)
    for step in (1, 2, 3):
        store.add_points(run_id, [point(step)])
    history.follow(store, store.get(run_id))
    store.add_points(run_id, [point(4)])
    store.add_epoch(run_id, record(1))
    history.follow(store, store.get(run_id))
    assert [p.step for p in history.points] == [1, 2, 3, 4]
    assert history.epoch_columns()["val_accuracy"] == [0.7]
    assert store.get(run_id).step == 4
    assert store.get(run_id).images_per_second == 1000


def test_a_run_that_goes_back_takes_its_curves_with_it(store: RunStore, run_id: str):
    for step in range(1, 25):
        store.add_points(run_id, [point(step)])
    store.add_epochs(run_id, [record(1), record(2)])
    history = History(run_id)
    history.follow(store, store.get(run_id))
    store.rewind(run_id, epoch=1, step=10)
    assert [e.epoch for e in store.epochs(run_id)] == [1]
    assert store.points(run_id)[-1].step == 10
    history.follow(store, store.get(run_id))
    assert [p.step for p in history.points] == list(range(1, 11))
    assert [e.epoch for e in history.epochs] == [1]


def test_a_validation_loss_that_is_no_number_is_kept_as_none(store: RunStore, run_id: str):
    store.add_epoch(run_id, record(1, val_loss=float("inf")))
    assert store.epochs(run_id)[0].val_loss is None


def test_deleting_takes_points_and_epochs_along(store: RunStore, run_id: str):
    store.add_points(run_id, [point(1)])
    store.add_epoch(run_id, record(1))
    with pytest.raises(RunNotFound):
        store.delete(run_id, ME)  # still active
    store.move(run_id, RunState.STOPPED)
    with pytest.raises(RunNotFound):
        store.delete(run_id, OTHER)
    store.delete(run_id, ME)
    assert store.points(run_id) == []
    assert store.epochs(run_id) == []
    assert store.runs_of(ME) == []


def test_many_threads_write_at_once(store: RunStore):
    ids = [store.create(Experiment(), ME, "engine") for _ in range(4)]

    def write(run_id: str) -> None:
        for step in range(1, 41):
            store.add_points(run_id, [point(step)])

    threads = [threading.Thread(target=write, args=(i,)) for i in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(store.points(i)) for i in ids] == [40] * 4


def test_the_store_is_there_after_a_restart(store: RunStore, run_id: str):
    Drafts(store.engine).put(ME, "experiment", {"name": "Draft"})
    store.engine.dispose()
    again = RunStore(settings.database_url())
    assert again.get(run_id, ME).experiment.name == "Mine"
    assert Drafts(again.engine).get(ME, "experiment") == {"name": "Draft"}


def test_drafts_belong_to_one_visitor(store: RunStore):
    drafts = Drafts(store.engine)
    drafts.put(ME, "drawing", [1, 2])
    drafts.put(ME, "drawing", [3])
    assert drafts.get(ME, "drawing") == [3]
    assert drafts.get(OTHER, "drawing") is None
    drafts.drop(ME, "drawing")
    assert drafts.get(ME, "drawing") is None


def test_time_left_follows_from_the_speed(store: RunStore):
    run_id = store.create(Experiment(), ME, "engine")  # 5 epochs, batch 32
    assert store.get(run_id).seconds_left is None
    store.move(run_id, RunState.RUNNING, steps_per_epoch=100)
    store.add_points(run_id, [Point(100, 1.0, 0.5, 0.8, images_per_second=3200)])
    run = store.get(run_id)
    assert run.progress == pytest.approx(0.2)
    assert run.seconds_left == pytest.approx(400 * 32 / 3200)


def test_time_left_of_full_batches_counts_the_training_part(store: RunStore):
    training = Training(epochs=10, batch_size="full", steps_per_epoch=10)
    dataset = Dataset(name="mnist", train_size=500)
    run_id = store.create(Experiment(dataset=dataset, training=training), ME, "engine")
    store.move(run_id, RunState.RUNNING, steps_per_epoch=10)
    store.add_points(run_id, [Point(20, 2.0, 0.5, 0.8, images_per_second=1000)])
    assert store.get(run_id).seconds_left == pytest.approx(80 * 500 / 1000)
