"""Uncompressed copies of what was read, opened as memory maps.

A second load takes milliseconds, and the pages are shared by all worker processes.
"""

import hashlib
import shutil
import tempfile
from pathlib import Path

import numpy as np

from nnlab import settings
from nnlab.datasets.arrays import PARTS, Arrays, shapes
from nnlab.datasets.catalog import info
from nnlab.datasets.damage import naming
from nnlab.datasets.leftovers import sweep
from nnlab.datasets.sources import Source


def parsed_folder(source: Source) -> Path:
    """Folder of the copies; another one when a source file has another size or time.

    Raises:
        DatasetUnavailable: a source file is gone.
    """
    marks = []
    for file in source.files:
        with naming(file):
            stat = file.stat()
        marks.append((str(file.absolute()), stat.st_size, stat.st_mtime_ns))
    key = hashlib.sha256(repr(marks).encode()).hexdigest()[:16]
    return settings.cache_dir() / "parsed" / f"{source.name}-{key}"


def open_parsed(folder: Path, name: str) -> Arrays | None:
    """The copies as read-only memory maps; None when there are none or they are damaged."""
    try:
        parts = {part: np.asarray(np.load(folder / f"{part}.npy", mmap_mode="r")) for part in PARTS}
    except (OSError, ValueError, EOFError):
        return None
    if any(parts[part].shape != shape for part, shape in shapes(info(name)).items()):
        return None
    return Arrays(**parts)


def write_parsed(folder: Path, name: str, arrays: Arrays) -> None:
    """Keep copies in `folder`, whole or not at all, whoever else does the same at this time.

    Raises:
        OSError: they cannot be written, for example because the disk is full.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    sweep(folder.parent, ".tmp-*")
    temporary = Path(tempfile.mkdtemp(prefix=".tmp-", dir=folder.parent))
    try:
        for part in PARTS:
            np.save(temporary / f"{part}.npy", getattr(arrays, part))
        if open_parsed(folder, name) is None:
            shutil.rmtree(folder, ignore_errors=True)
            temporary.rename(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
