import errno
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from skipping import skip_or_fail
from small_sets import N_TEST, N_TRAIN, small_arrays

from nnlab.datasets import CATALOG, DatasetUnavailable, load_arrays, load_splits, sizes, sources
from nnlab.experiment import Dataset

# RECIPES, course D: images of each digit in MNIST's training part.
MNIST_COUNTS = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]


@pytest.fixture
def small_mnist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A small `mnist.npz` in a folder of NNLAB_DATA_DIR."""
    entry = replace(CATALOG["mnist"], n_train=N_TRAIN, n_test=N_TEST)
    monkeypatch.setitem(CATALOG, "mnist", entry)
    monkeypatch.setenv("NNLAB_DATA_DIR", str(tmp_path))
    np.savez(tmp_path / "mnist.npz", **small_arrays())
    return tmp_path / "mnist.npz"


def parsed(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "cache" / "parsed").glob("*"))


def test_real_mnist(shared_data: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NNLAB_DATA_DIR", str(shared_data))
    arrays = load_arrays("mnist")
    with np.load(shared_data / "mnist.npz") as reference:
        for part in reference.files:
            np.testing.assert_array_equal(getattr(arrays, part), reference[part])
    assert np.bincount(arrays.y_train).tolist() == MNIST_COUNTS


def test_real_fashion_mnist_of_the_system():
    folder = sources.SYSTEM_FOLDERS["fashion_mnist"]
    if not folder.exists():
        skip_or_fail("the system package dataset-fashion-mnist is not installed")
    arrays = load_arrays("fashion_mnist")
    assert arrays.x_train.shape == (60_000, 28, 28)
    assert arrays.x_test.shape == (10_000, 28, 28)
    assert np.bincount(arrays.y_train).tolist() == [6000] * 10
    assert np.bincount(arrays.y_test).tolist() == [1000] * 10
    assert arrays.y_train[:5].tolist() == [9, 0, 0, 3, 0]  # as published with the set
    # Trousers are narrower than pullovers, so they have more black pixels.
    black = [(arrays.x_train[arrays.y_train == label] == 0).mean() for label in (1, 2)]
    assert black[0] > black[1] + 0.2


@pytest.mark.usefixtures("small_mnist")
def test_the_second_load_reads_no_file_of_the_set_and_shares_its_pages(
    monkeypatch: pytest.MonkeyPatch,
):
    first = load_arrays("mnist")
    monkeypatch.setattr(sources, "read", lambda _: pytest.fail("read again"))
    again = load_arrays("mnist")
    np.testing.assert_array_equal(again.x_train, first.x_train)
    assert isinstance(again.x_train.base, np.memmap)
    assert not again.x_train.flags.writeable


def test_another_file_in_its_place_is_noticed(small_mnist: Path, nnlab_home: Path):
    load_arrays("mnist")
    np.savez(small_mnist, **small_arrays(7))
    os.utime(small_mnist, ns=(1, 1))
    np.testing.assert_array_equal(load_arrays("mnist").x_train, small_arrays(7)["x_train"])
    assert len(parsed(nnlab_home)) == 2


@pytest.mark.fault
@pytest.mark.parametrize("damage", ["cut", "gone", "other"])
@pytest.mark.usefixtures("small_mnist")
def test_a_damaged_copy_is_made_anew(nnlab_home: Path, damage: str):
    load_arrays("mnist")
    copy = nnlab_home / "cache" / "parsed" / parsed(nnlab_home)[0] / "x_test.npy"
    if damage == "cut":
        copy.write_bytes(copy.read_bytes()[:500])
    elif damage == "gone":
        copy.unlink()
    else:
        np.save(copy, np.zeros((3, 28, 28), np.uint8))
    np.testing.assert_array_equal(load_arrays("mnist").x_test, small_arrays()["x_test"])
    assert isinstance(load_arrays("mnist").x_test.base, np.memmap)
    assert len(parsed(nnlab_home)) == 1


@pytest.mark.fault
@pytest.mark.usefixtures("small_mnist")
def test_a_full_disk_does_not_keep_data_from_loading(
    nnlab_home: Path, monkeypatch: pytest.MonkeyPatch
):
    whole_save = np.save

    def save(file: Path, array: np.ndarray) -> None:
        whole_save(file, array[:1])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np, "save", save)
    arrays = load_arrays("mnist")
    np.testing.assert_array_equal(arrays.x_train, small_arrays()["x_train"])
    assert parsed(nnlab_home) == []


@pytest.mark.usefixtures("small_mnist")
def test_leftovers_of_killed_processes_are_swept(nnlab_home: Path):
    folder = nnlab_home / "cache" / "parsed"
    old, new = folder / ".tmp-old", folder / ".tmp-new"
    for made in (old, new):
        made.mkdir(parents=True)
        (made / "x_train.npy").write_bytes(b"half")
    os.utime(old, (1, 1))
    load_arrays("mnist")
    assert not old.exists()
    assert new.exists()


def test_many_processes_at_once_make_one_copy(nnlab_home: Path):
    script = (
        "from nnlab.datasets import load_arrays; a = load_arrays('mnist_5k');"
        "print(type(a.x_train.base).__name__, int(a.x_train.sum()), int(a.y_train.sum()))"
    )
    command = [sys.executable, "-c", script]
    root = Path(__file__).parents[2]
    processes = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) for _ in range(4)
    ]
    answers = {process.communicate(timeout=60)[0] for process in processes}
    assert [process.returncode for process in processes] == [0] * 4
    assert len(answers) == 1
    assert answers.pop().startswith("memmap ")
    assert len(parsed(nnlab_home)) == 1


def test_what_is_not_here_says_how_to_get_it():
    with pytest.raises(DatasetUnavailable, match="nnlab datasets fetch mnist"):
        load_arrays("mnist")


@pytest.mark.parametrize(
    "choice",
    [
        {"validation_size": 10},
        {"validation": "none"},
        {"validation": "test"},
        {"test_size": 0.5, "validation_size": 0.4},
        {"test_size": 10, "validation_size": 10},
        {"test_size": 0.25, "validation": "test"},
    ],
)
@pytest.mark.usefixtures("small_mnist")
def test_splits_hold_every_image_once_and_as_many_as_announced(choice: dict):
    dataset = Dataset(name="mnist", **choice)
    splits = load_splits(dataset)
    parts = [(splits.x_train, splits.y_train), (splits.x_test, splits.y_test)]
    if dataset.validation == "holdout":
        parts.append((splits.x_validation, splits.y_validation))
    arrays = small_arrays()
    expected = _pairs(arrays["x_train"], arrays["y_train"])
    expected += _pairs(arrays["x_test"], arrays["y_test"])
    assert sorted(pair for x, y in parts for pair in _pairs(x, y)) == sorted(expected)
    lengths = (len(splits.x_train), len(splits.x_validation), len(splits.x_test))
    assert lengths == sizes(dataset)
    assert splits.y_validation.dtype == splits.y_train.dtype == np.int64


def _pairs(x: np.ndarray, y: np.ndarray) -> list[tuple[bytes, int]]:
    return [(image.tobytes(), int(label)) for image, label in zip(x, y, strict=True)]


@pytest.mark.usefixtures("small_mnist")
def test_the_test_images_can_serve_for_validation():
    splits = load_splits(Dataset(name="mnist", validation="test"))
    np.testing.assert_array_equal(splits.x_validation, small_arrays()["x_test"])
    np.testing.assert_array_equal(splits.x_test, small_arrays()["x_test"])


@pytest.mark.usefixtures("small_mnist")
def test_without_a_draw_the_files_order_stays_and_nothing_is_copied():
    load_arrays("mnist")
    splits = load_splits(Dataset(name="mnist", validation="none"))
    np.testing.assert_array_equal(splits.x_train, small_arrays()["x_train"])
    assert isinstance(splits.x_train.base, np.memmap)
    assert splits.x_validation.shape == (0, 28, 28)
    assert splits.y_validation.shape == (0,)
