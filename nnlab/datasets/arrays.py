"""The images and labels of a set, and what every file must hold to become them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.datasets.catalog import DatasetInfo
from nnlab.datasets.errors import DatasetCorrupt

Images = NDArray[np.uint8]
# Class numbers int64, or targets float32 where a number is to be learned.
Labels = NDArray[Any]

# The names in Keras's own files, and the order of every list of parts in this package.
PARTS = ("x_train", "y_train", "x_test", "y_test")


@dataclass(frozen=True)
class Arrays:
    """A whole set: images uint8 (n, height, width) or points float64 (n, 2), labels int64 (n,).

    Points with a number each have targets float32 (n,) in place of labels.

    A set without test images of its own has an `x_test` of the length 0.
    """

    x_train: NDArray[Any]
    y_train: Labels
    x_test: NDArray[Any]
    y_test: Labels


def shapes(info: DatasetInfo) -> dict[str, tuple[int, ...]]:
    """Shape of each part, as the catalogue has it."""
    height, width, _ = info.input_shape
    return {
        "x_train": (info.n_train, height, width),
        "y_train": (info.n_train,),
        "x_test": (info.n_test, height, width),
        "y_test": (info.n_test,),
    }


def labels(file: Path, info: DatasetInfo, values: NDArray[Any]) -> Labels:
    """Class numbers as int64.

    Raises:
        DatasetCorrupt: a label is not one of the set's classes.
    """
    last = len(info.classes) - 1
    if values.size and (values.min() < 0 or values.max() > last):
        found = f"{values.min()} to {values.max()}"
        raise DatasetCorrupt(file, f"its labels run from {found} instead of 0 to {last}")
    return values.astype(np.int64)
