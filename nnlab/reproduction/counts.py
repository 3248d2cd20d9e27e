"""How many training images each digit has in MNIST: a figure of course D that needs no training."""

import numpy as np

from nnlab.datasets import load_arrays

CLASS_COUNTS = (5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949)


def class_counts() -> tuple[int, ...]:
    """The same, counted in the files that are here.

    Raises:
        DatasetError: MNIST is not on this computer.
    """
    labels = load_arrays("mnist").y_train
    return tuple(int(count) for count in np.bincount(labels, minlength=len(CLASS_COUNTS)))
