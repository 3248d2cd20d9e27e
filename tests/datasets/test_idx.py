import gzip
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from small_sets import N_TEST, N_TRAIN, idx_bytes, small_arrays, write_idx

from nnlab.datasets import DatasetCorrupt, DatasetUnavailable, info
from nnlab.datasets.idx import check_idx, read_idx

SMALL = replace(info("fashion_mnist"), n_train=N_TRAIN, n_test=N_TEST)


@pytest.mark.parametrize("packed", [True, False])
def test_reads_packed_and_plain_files(tmp_path: Path, packed: bool):
    files = write_idx(tmp_path, small_arrays(), packed)
    check_idx(files, SMALL)
    arrays = read_idx(files, SMALL)
    for part, expected in small_arrays().items():
        np.testing.assert_array_equal(getattr(arrays, part), expected)
    assert (arrays.x_train.dtype, arrays.y_train.dtype) == (np.uint8, np.int64)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "not an idx file"),
        (b"<html>404</html>", "not an idx file"),
        (idx_bytes(np.zeros(40, np.uint8)), "3-dimensional"),
        (idx_bytes(np.zeros((41, 28, 28), np.uint8)), r"shape \(41, 28, 28\) instead of"),
        (idx_bytes(np.zeros((40, 28, 28), np.uint8))[:-1], "cut off"),
        (idx_bytes(np.zeros((40, 28, 28), np.uint8)) + b"x", "cut off or has something behind"),
        (b"\0\0\x08\x03\0\0", "damaged"),
    ],
)
@pytest.mark.parametrize("packed", [True, False])
def test_refuses_other_files(tmp_path: Path, content: bytes, problem: str, packed: bool):
    files = write_idx(tmp_path, small_arrays(), packed)
    files[0].write_bytes(gzip.compress(content) if packed else content)
    for reader in (check_idx, read_idx):
        with pytest.raises(DatasetCorrupt, match=problem) as caught:
            reader(files, SMALL)
        assert caught.value.file == files[0]


def test_truncated_gzip_is_corrupt_anywhere(tmp_path: Path):
    files = write_idx(tmp_path, small_arrays())
    whole = files[0].read_bytes()
    for length in range(0, len(whole), len(whole) // 30):
        files[0].write_bytes(whole[:length])
        for reader in (check_idx, read_idx):
            with pytest.raises(DatasetCorrupt):
                reader(files, SMALL)


def test_a_flipped_byte_in_a_gzip_is_noticed(tmp_path: Path):
    files = write_idx(tmp_path, small_arrays())
    broken = bytearray(files[0].read_bytes())
    broken[len(broken) // 2] ^= 1
    files[0].write_bytes(broken)
    with pytest.raises(DatasetCorrupt, match="train-images"):
        read_idx(files, SMALL)


def test_refuses_labels_that_are_no_class(tmp_path: Path):
    arrays = small_arrays() | {"y_test": np.full(20, 10, np.uint8)}
    with pytest.raises(DatasetCorrupt, match=r"t10k-labels.*instead of 0 to 9"):
        read_idx(write_idx(tmp_path, arrays), SMALL)


def test_a_missing_file_is_named(tmp_path: Path):
    files = write_idx(tmp_path, small_arrays())
    files[3].unlink()
    with pytest.raises(DatasetUnavailable, match=r"t10k-labels"):
        check_idx(files, SMALL)
