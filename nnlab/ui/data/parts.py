"""Which images belong to which part, worked out once for each split."""

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.images import class_counts
from nnlab.datasets import Arrays, info_of, split_indices
from nnlab.experiment import Dataset

Parts = dict[str, NDArray[np.int64]]


def labels_of(arrays: Arrays) -> NDArray[np.int64]:
    """Class numbers (n,) of the training images followed by the set's own test images."""
    return np.concatenate([arrays.y_train, arrays.y_test])


def fingerprint(arrays: Arrays) -> int:
    """What tells one file's images from another's: a cache must not outlive a replaced file."""
    ends = arrays.x_train[[0, -1]]
    return hash((arrays.x_train.shape, ends.tobytes(), labels_of(arrays).tobytes()))


_HASH: dict[str | type, Callable[[Any], Any]] = {
    Arrays: fingerprint,
    Dataset: Dataset.model_dump_json,
}


@st.cache_data(show_spinner=False, max_entries=32, hash_funcs=_HASH)
def parts_of(arrays: Arrays, dataset: Dataset) -> Parts:
    """Positions of each part in the training images followed by the set's own test images.

    The parts are "training", "validation" and "test". Slow at the first call of a process,
    which imports scikit-learn (2 s), and quick afterwards.

    Raises:
        InvalidExperiment: sizes that cannot be drawn.
    """
    split = split_indices(arrays.y_train, arrays.y_test, dataset)
    return {"training": split.train, "validation": split.validation, "test": split.test}


def counts_of(arrays: Arrays, dataset: Dataset) -> Parts:
    """How many images of each class every part has: part to int64 (classes,).

    Raises:
        InvalidExperiment: sizes that cannot be drawn.
    """
    y = labels_of(arrays)
    n_classes = len(info_of(dataset).classes)
    parts = parts_of(arrays, dataset)
    return {part: class_counts(y[positions], n_classes) for part, positions in parts.items()}


def image_at(arrays: Arrays, position: int) -> NDArray[np.uint8]:
    """The image (H, W) at a position in the training images followed by the test images."""
    n = len(arrays.x_train)
    return arrays.x_train[position] if position < n else arrays.x_test[position - n]
