"""Small stand-ins for real sets, for the tests of this folder."""

import gzip
import struct
from pathlib import Path

import numpy as np

from nnlab.datasets.idx import IDX_NAMES

N_TRAIN, N_TEST = 40, 20


def small_arrays(seed: int = 0) -> dict[str, np.ndarray]:
    """Keras's four arrays: 40 + 20 random images of 28×28, every class among them."""
    rng = np.random.default_rng(seed)
    return {
        "x_train": rng.integers(0, 256, (N_TRAIN, 28, 28), np.uint8),
        "y_train": (np.arange(N_TRAIN) % 10).astype(np.uint8),
        "x_test": rng.integers(0, 256, (N_TEST, 28, 28), np.uint8),
        "y_test": (np.arange(N_TEST) % 10).astype(np.uint8),
    }


def idx_bytes(array: np.ndarray) -> bytes:
    """An array as an idx file."""
    return struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape) + array.tobytes()


def write_idx(folder: Path, arrays: dict[str, np.ndarray], packed: bool = True) -> list[Path]:
    """Four idx files in `folder`, in the order of PARTS."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, array in zip(IDX_NAMES, arrays.values(), strict=True):
        file = folder / (f"{name}.gz" if packed else name)
        content = idx_bytes(array)
        file.write_bytes(gzip.compress(content) if packed else content)
        files.append(file)
    return files
