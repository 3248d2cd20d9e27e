"""Files with visitors' own data, each named by its content.

Written once and never changed, so that a run that learned from one can be repeated to the bit.
"""

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab import settings
from nnlab.atomic import write_atomically
from nnlab.datasets.errors import DatasetCorrupt, DatasetUnavailable


def own_path(name: str) -> Path:
    """Where the file of a set is, or would be."""
    return settings.own_data_dir() / f"{name}.npz"


def write_own_file(name: str, arrays: dict[str, NDArray[Any]]) -> None:
    """Keep the arrays, unless a file of this name is kept already.

    Raises:
        OSError: they cannot be written, for example because the disk is full.
    """
    path = own_path(name)
    if not path.exists():
        write_atomically(path, lambda file: np.savez_compressed(file, allow_pickle=False, **arrays))


def read_own_file(name: str, keys: tuple[str, ...], things: str, remedy: str) -> list[NDArray[Any]]:
    """The arrays of a file, by their names.

    Raises:
        DatasetUnavailable: it is not kept here (any more); `things` says what it holds.
        DatasetCorrupt: it cannot be read; `remedy` says what to do.
    """
    try:
        with np.load(own_path(name), allow_pickle=False) as archive:
            return [archive[key] for key in keys]
    except FileNotFoundError:
        raise DatasetUnavailable(f"These own {things} are not kept here. {remedy}") from None
    except (OSError, ValueError, EOFError, KeyError, TypeError, zipfile.BadZipFile):
        raise _unreadable(name, things, remedy) from None


def delete_own(name: str) -> None:
    """Remove the file of a set that nothing needs any more."""
    own_path(name).unlink(missing_ok=True)


def _unreadable(name: str, things: str, remedy: str) -> DatasetCorrupt:
    return DatasetCorrupt(own_path(name), f"cannot be read as a set of {things}", remedy)
