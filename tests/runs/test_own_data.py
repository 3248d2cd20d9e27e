"""Visitors' own sets: by owner, named by content, and kept while a run needs them."""

import numpy as np
import pytest
from pydantic import ValidationError

from nnlab import settings
from nnlab.datasets import DatasetCorrupt, DatasetUnavailable, load_splits
from nnlab.datasets.own import OwnSet, read_own
from nnlab.experiment import Dataset, Experiment, InvalidExperiment, OwnPoints
from nnlab.runs.own_data import OwnData, SetNotFound, TooManySets
from nnlab.runs.store import RunStore

ANN, BOB = "a" * 32, "b" * 32


def points(seed: int = 0, count: int = 40, classes: tuple[str, ...] = ("A", "B")) -> OwnSet:
    places = np.random.default_rng(seed).uniform(-6, 6, (count, 2))
    return OwnSet(places, np.arange(count) % len(classes), classes)


@pytest.fixture
def store(database: str) -> RunStore:
    return RunStore(database)


@pytest.fixture
def data(store: RunStore) -> OwnData:
    return OwnData(store.engine)


def file_of(digest: str) -> bool:
    return (settings.own_data_dir() / f"{digest}.npz").exists()


def test_the_same_content_is_kept_once_and_read_again(data: OwnData):
    own = points()
    first = data.add(ANN, own, "Mine", painted=True)
    assert data.add(ANN, points(), "Again", painted=True) == first
    assert [kept.title for kept in data.of(ANN)] == ["Mine"]
    found = data.read(ANN, first.id)
    assert found.id == first.points.id == own.id
    np.testing.assert_array_equal(found.points, own.points)


def test_every_access_is_by_owner(data: OwnData):
    kept = data.add(ANN, points(), "Mine", painted=False)
    assert data.owns(ANN, kept.points.id)
    assert not data.owns(BOB, kept.points.id)
    with pytest.raises(SetNotFound):
        data.read(BOB, kept.id)
    data.rename(BOB, kept.id, "Stolen")
    data.delete(BOB, kept.id)
    assert [each.title for each in data.of(ANN)] == ["Mine"]
    data.rename(ANN, kept.id, "<b>New</b>")
    assert [each.title for each in data.of(ANN)] == ["‹b›New‹/b›"]


def test_a_file_goes_with_its_last_owner_and_its_last_run(data: OwnData, store: RunStore):
    mine, theirs = (data.add(who, points(), "Same", painted=True) for who in (ANN, BOB))
    digest = mine.points.id
    wanted = Experiment(dataset=Dataset(name="own_points", own=mine.points), layers=())
    run = store.create(wanted, ANN, "test")
    data.delete(ANN, mine.id)
    assert file_of(digest)
    data.delete(BOB, theirs.id)
    assert data.runs_with(digest) == 1
    assert file_of(digest)
    store.move(run, "stopped")
    store.delete(run, ANN)
    data.forget_unused(digest)
    assert not file_of(digest)


def test_there_is_room_for_so_many(store: RunStore):
    data = OwnData(store.engine, most=2)
    for seed in range(2):
        data.add(ANN, points(seed), "One", painted=True)
    with pytest.raises(TooManySets, match="2 sets"):
        data.add(ANN, points(9), "More", painted=True)
    with pytest.raises(ValidationError):
        data.add(BOB, points(count=8), "Few", painted=True)
    assert not file_of(points(9).id)


def test_a_set_is_divided_like_any_other_and_must_be_what_was_asked_for(data: OwnData):
    own = points(count=50, classes=("a", "b", "c"))
    kept = data.add(ANN, own, "Mine", painted=True)
    dataset = Dataset(name="own_points", own=kept.points)
    splits = load_splits(dataset)
    found = np.concatenate([splits.x_train, splits.x_validation, splits.x_test])
    assert sorted(map(tuple, found)) == sorted(map(tuple, own.points.astype("float32")))
    assert splits.info.classes == ("a", "b", "c")
    other = OwnPoints(id=own.id, count=50, smallest=15, classes=("a", "b", "c"))
    with pytest.raises(InvalidExperiment, match="dataset.own"):
        load_splits(dataset.model_copy(update={"own": other}))
    with pytest.raises(InvalidExperiment, match="names no points yet"):
        load_splits(Dataset(name="own_points"))
    with pytest.raises(InvalidExperiment, match="dataset.own: should be none"):
        load_splits(Dataset(name="spiral", own=kept.points))


def test_a_file_that_is_not_what_its_name_says_is_told(data: OwnData):
    first, other = (data.add(ANN, points(seed), "One", painted=True) for seed in (1, 2))
    folder = settings.own_data_dir()
    (folder / f"{first.points.id}.npz").write_bytes(
        (folder / f"{other.points.id}.npz").read_bytes()
    )
    with pytest.raises(DatasetCorrupt, match="not what its name says"):
        read_own(first.points.id)
    (folder / f"{first.points.id}.npz").write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(DatasetCorrupt, match="cannot be read"):
        read_own(first.points.id)
    with pytest.raises(DatasetUnavailable):
        read_own("0" * 64)
