"""The images that all contenders train on."""

import numpy as np
from numpy.typing import NDArray

from nnlab.datasets import load_arrays, status

N = 60_000


def training_images() -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """MNIST's (60000, 28, 28) and labels; noise of that shape where it is not on this computer.

    An epoch takes as long on noise: only the shapes count.
    """
    if status("mnist").state == "ready":
        arrays = load_arrays("mnist")
        return arrays.x_train, arrays.y_train
    rng = np.random.default_rng(0)
    return rng.integers(0, 256, (N, 28, 28), dtype=np.uint8), rng.integers(0, 10, N)
