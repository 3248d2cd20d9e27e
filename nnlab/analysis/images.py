"""Summaries of a set of labelled images."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def class_counts(y: NDArray[Any], n_classes: int) -> NDArray[np.int64]:
    """How many of the labels `y` (n,) belong to each class: int64 (n_classes,)."""
    return np.bincount(y, minlength=n_classes).astype(np.int64)


def class_means(x: NDArray[Any], y: NDArray[Any], n_classes: int) -> NDArray[np.float64]:
    """Mean image of each class, in the units of `x`: float64 (n_classes, height, width).

    Args:
        x: images (n, height, width).
        y: their class numbers (n,).
        n_classes: a class without an image gets a mean of zeros.
    """
    means = np.zeros((n_classes, *x.shape[1:]))
    for label in np.unique(y):
        means[label] = x[y == label].mean(axis=0)
    return means
