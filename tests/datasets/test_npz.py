import io
import pickle
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from small_sets import N_TEST, N_TRAIN, small_arrays

from nnlab.datasets import DatasetCorrupt, DatasetError, DatasetUnavailable, info
from nnlab.datasets.catalog import DatasetInfo
from nnlab.datasets.npz import check_npz, read_npz


@pytest.fixture
def small() -> DatasetInfo:
    return replace(info("mnist"), n_train=N_TRAIN, n_test=N_TEST)


def saved(folder: Path, compressed: bool = True, **changes: np.ndarray) -> Path:
    file = folder / "mnist.npz"
    (np.savez_compressed if compressed else np.savez)(file, **small_arrays() | changes)
    return file


@pytest.mark.parametrize("compressed", [True, False])
def test_reads_what_numpy_wrote(tmp_path: Path, small: DatasetInfo, compressed: bool):
    file = saved(tmp_path, compressed)
    check_npz(file, small)
    arrays = read_npz(file, small)
    for part, expected in small_arrays().items():
        np.testing.assert_array_equal(getattr(arrays, part), expected)
    assert (arrays.x_train.dtype, arrays.y_train.dtype) == (np.uint8, np.int64)


def test_reads_columns_first_arrays_and_wide_labels(tmp_path: Path, small: DatasetInfo):
    expected = small_arrays()
    file = saved(
        tmp_path,
        x_train=np.asfortranarray(expected["x_train"]),
        y_train=expected["y_train"].astype(">i4"),
    )
    arrays = read_npz(file, small)
    np.testing.assert_array_equal(arrays.x_train, expected["x_train"])
    np.testing.assert_array_equal(arrays.y_train, expected["y_train"])


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"x_train": np.zeros((39, 28, 28), np.uint8)}, r"'x_train' has shape \(39, 28, 28\)"),
        ({"x_test": np.zeros((20, 784), np.uint8)}, r"shape \(20, 784\) instead of \(20, 28, 28\)"),
        ({"x_train": np.zeros((40, 28, 28), np.float32)}, "type float32 instead of uint8"),
        ({"y_train": np.zeros(40, np.float64)}, "'y_train' has type float64"),
        ({"y_train": np.array([0, 1] * 20, dtype=object)}, "pickled Python objects"),
    ],
)
def test_refuses_other_arrays_already_from_their_headers(
    tmp_path: Path, small: DatasetInfo, change: dict[str, np.ndarray], problem: str
):
    file = saved(tmp_path, **change)
    for reader in (check_npz, read_npz):
        with pytest.raises(DatasetCorrupt, match=problem) as caught:
            reader(file, small)
        assert caught.value.file == file


@pytest.mark.parametrize("label", [-1, 10])
def test_refuses_labels_that_are_no_class(tmp_path: Path, small: DatasetInfo, label: int):
    file = saved(tmp_path, y_test=np.full(20, label, np.int16))
    with pytest.raises(DatasetCorrupt, match="instead of 0 to 9"):
        read_npz(file, small)


def test_a_missing_array_is_named(tmp_path: Path, small: DatasetInfo):
    file = tmp_path / "mnist.npz"
    arrays = small_arrays()
    del arrays["y_test"]
    np.savez(file, **arrays)
    with pytest.raises(DatasetCorrupt, match="no array 'y_test'"):
        check_npz(file, small)


class Bomb:
    """Runs code when unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (exec, ("raise SystemExit('the pickle was opened')",))


def test_a_pickle_is_never_opened(tmp_path: Path, small: DatasetInfo):
    file = tmp_path / "mnist.npz"
    file.write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(DatasetCorrupt, match="never opened"):
        read_npz(file, small)
    saved(tmp_path, x_train=np.array([Bomb()] * 40, dtype=object))
    with pytest.raises(DatasetCorrupt, match="never opened"):
        read_npz(file, small)


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all", b"\x93NUMPY\x01\x00"])
def test_refuses_what_is_no_zip(tmp_path: Path, small: DatasetInfo, content: bytes):
    file = tmp_path / "mnist.npz"
    file.write_bytes(content)
    with pytest.raises(DatasetCorrupt, match=r"mnist\.npz: damaged or incomplete"):
        check_npz(file, small)


def test_truncated_anywhere_is_corrupt(tmp_path: Path, small: DatasetInfo):
    file = saved(tmp_path)
    whole = file.read_bytes()
    for length in range(0, len(whole), len(whole) // 50):
        file.write_bytes(whole[:length])
        with pytest.raises(DatasetCorrupt):
            read_npz(file, small)


def test_a_flipped_byte_never_gives_other_pixels(tmp_path: Path, small: DatasetInfo):
    file = saved(tmp_path)
    whole = file.read_bytes()
    rng = np.random.default_rng(1)
    refused = 0
    for position in rng.integers(0, len(whole), 300):
        broken = bytearray(whole)
        broken[position] ^= int(rng.integers(1, 256))
        file.write_bytes(broken)
        try:
            arrays = read_npz(file, small)
        except DatasetError:
            refused += 1
        else:
            for part, expected in small_arrays().items():
                np.testing.assert_array_equal(getattr(arrays, part), expected)
    assert refused > 250


def npy(header: str, body: bytes) -> bytes:
    padded = header.ljust(118) + "\n"
    return b"\x93NUMPY\x01\x00" + len(padded).to_bytes(2, "little") + padded.encode() + body


def with_raw_member(folder: Path, part: str, content: bytes) -> Path:
    file = folder / "mnist.npz"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in small_arrays().items():
            stream = io.BytesIO()
            np.save(stream, array)
            archive.writestr(f"{name}.npy", content if name == part else stream.getvalue())
    return file


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': '|u1', 'fortran_order': False, 'shape': (900000000000,)}",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (40, 28, 28)}",
    ],
    ids=["says so", "hides it"],
)
def test_a_small_file_that_unpacks_to_much_is_refused_in_little_memory(
    tmp_path: Path, small: DatasetInfo, header: str
):
    file = with_raw_member(tmp_path, "x_train", npy(header, bytes(100_000_000)))
    assert file.stat().st_size < 300_000
    tracemalloc.start()
    with pytest.raises(DatasetCorrupt):
        read_npz(file, small)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize(
    "content",
    [
        npy("-" * 9000 + "1", b""),
        npy("(" * 9000, b""),
        npy("{'descr': '|u1'}", b""),
        b"\x93NUMPY\x09\x00" + bytes(200),
        b"",
    ],
    ids=["deep", "nested", "incomplete", "version", "empty"],
)
def test_refuses_odd_headers(tmp_path: Path, small: DatasetInfo, content: bytes):
    file = with_raw_member(tmp_path, "y_test", content)
    with pytest.raises(DatasetCorrupt):
        check_npz(file, small)


def test_refuses_other_compressions(tmp_path: Path, small: DatasetInfo):
    file = tmp_path / "mnist.npz"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("x_train.npy", b"x" * 1000)
    with pytest.raises(DatasetCorrupt, match="unusual"):
        check_npz(file, small)


def test_a_file_that_is_not_there_is_unavailable(tmp_path: Path, small: DatasetInfo):
    with pytest.raises(DatasetUnavailable, match=r"mnist\.npz: cannot be read"):
        read_npz(tmp_path / "mnist.npz", small)
