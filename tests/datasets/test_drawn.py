"""Frozen drawings: found by their content, and joined to the training images."""

import numpy as np
import pytest

from nnlab import settings
from nnlab.datasets import DatasetCorrupt, DatasetUnavailable, load_splits, sizes
from nnlab.datasets.drawn import DrawnImages, read_drawn, write_drawn
from nnlab.experiment import Dataset, Drawn, InvalidExperiment


def some(n: int = 3, side: int = 8) -> DrawnImages:
    images = np.random.default_rng(0).integers(0, 17, (n, side, side)).astype(np.uint8)
    return DrawnImages(images, np.arange(n), tuple(f"origin-{i}" for i in range(n)))


def with_drawings(name: str, count: int, repeat: int = 1) -> Dataset:
    return Dataset(name="digits", drawings=Drawn(id=name, count=count, repeat=repeat))


def test_written_once_and_read_back() -> None:
    name = write_drawn(some())
    path = settings.drawings_dir() / f"{name}.npz"
    written = path.stat()
    assert write_drawn(some()) == name
    assert path.stat().st_mtime_ns == written.st_mtime_ns
    found = read_drawn(name)
    np.testing.assert_array_equal(found.images, some().images)
    assert found.labels.tolist() == [0, 1, 2]
    assert found.origins == some().origins
    assert [p.name for p in settings.drawings_dir().iterdir()] == [path.name]


def test_the_id_sees_everything() -> None:
    plain = some()
    others = [
        DrawnImages(plain.images[::-1], plain.labels, plain.origins),
        DrawnImages(plain.images, plain.labels[::-1], plain.origins),
        DrawnImages(plain.images, plain.labels, plain.origins[::-1]),
        DrawnImages(plain.images.reshape(3, 4, 16), plain.labels, plain.origins),
    ]
    assert len({plain.id, *(other.id for other in others)}) == 5


def test_drawings_join_the_training_images_as_often_as_asked() -> None:
    drawn = some()
    plain, dataset = Dataset(name="digits"), with_drawings(write_drawn(drawn), 3, 4)
    without, joined = load_splits(plain), load_splits(dataset)
    n = len(without.y_train)
    np.testing.assert_array_equal(joined.x_train[:n], without.x_train)
    np.testing.assert_array_equal(joined.x_train[n:], np.tile(drawn.images, (4, 1, 1)))
    np.testing.assert_array_equal(joined.y_train[n:], [0, 1, 2] * 4)
    np.testing.assert_array_equal(joined.x_test, without.x_test)
    np.testing.assert_array_equal(joined.x_validation, without.x_validation)
    assert sizes(dataset) == (n + 12, *sizes(plain)[1:])
    assert sizes(dataset)[0] == len(joined.y_train)


def test_missing_and_damaged_sets_are_told() -> None:
    with pytest.raises(DatasetUnavailable, match="no longer kept here. Fine-tune again"):
        load_splits(with_drawings("0" * 64, 3))
    name = write_drawn(some())
    path = settings.drawings_dir() / f"{name}.npz"
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    with pytest.raises(DatasetCorrupt, match="cannot be read"):
        read_drawn(name)
    path.write_bytes((settings.drawings_dir() / f"{write_drawn(some(4))}.npz").read_bytes())
    with pytest.raises(DatasetCorrupt, match="not what its name says"):
        read_drawn(name)


def test_another_number_or_size_is_refused() -> None:
    with pytest.raises(InvalidExperiment, match="3 drawings of 8 × 8"):
        load_splits(with_drawings(write_drawn(some()), 2))
    with pytest.raises(InvalidExperiment, match="3 drawings of 28 × 28"):
        load_splits(with_drawings(write_drawn(some(side=28)), 3))
