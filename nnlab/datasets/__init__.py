"""The data sets: what there is, where it is, how to get it, and how it is divided."""

from nnlab.datasets.arrays import Arrays
from nnlab.datasets.catalog import CATALOG, DatasetInfo, info, info_of
from nnlab.datasets.download import fetch
from nnlab.datasets.errors import (
    DatasetCorrupt,
    DatasetError,
    DatasetUnavailable,
    DownloadCancelled,
    UnknownDataset,
)
from nnlab.datasets.load import Splits, arrays_of, load_arrays, load_splits
from nnlab.datasets.sources import Availability, status
from nnlab.datasets.split import SplitIndices, sizes, split_indices, split_problems
from nnlab.datasets.titles import TITLES, title_of

__all__ = [
    "CATALOG", "TITLES", "Arrays", "Availability", "DatasetCorrupt", "DatasetError", "DatasetInfo",
    "DatasetUnavailable", "DownloadCancelled", "SplitIndices", "Splits", "UnknownDataset",
    "arrays_of", "fetch", "info", "info_of", "load_arrays", "load_splits", "sizes", "split_indices",
    "split_problems", "status", "title_of",
]  # fmt: skip
