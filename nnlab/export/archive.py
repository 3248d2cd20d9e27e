"""The zip itself, written to disk file by file."""

import functools
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from nnlab.export import documents
from nnlab.export.readme import readme
from nnlab.export.record import RunRecord

TEXTS: dict[str, Callable[[RunRecord], str]] = {
    "script.py": documents.script_of,
    "notebook.ipynb": documents.notebook_of,
    "experiment.json": documents.experiment_json,
    "history.csv": documents.history_csv,
    "points.csv": documents.points_csv,
}


@dataclass(frozen=True)
class Contents:
    """What goes into the zip beside the texts.

    Attributes:
        record: the run.
        versions: of each program, by its name.
        beside: arrays of the files that the script reads, by the file's name.
        made: names in the zip, and files on disk or makers of text; called one after the other,
            so that only one is in memory at a time.
    """

    record: RunRecord
    versions: Mapping[str, str]
    beside: Mapping[str, Mapping[str, NDArray]] = field(repr=False)
    made: Mapping[str, Path | Callable[[], str]] = field(repr=False)


def write_archive(file: IO[bytes], contents: Contents, tell: Callable[[str, float], None]) -> None:
    """Write the zip.

    Args:
        file: open for writing, seekable.
        contents: what goes in.
        tell: called before each file, with its name and the share that is done.
    """
    steps = list(_steps(contents))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, write) in enumerate(steps):
            tell(name, number / len(steps))
            write(archive, name)


Step = tuple[str, Callable[[zipfile.ZipFile, str], None]]


def _steps(contents: Contents) -> Iterator[Step]:
    yield "README.txt", _text(lambda: readme(contents.record, contents.versions))
    for name, make in TEXTS.items():
        yield name, _text(functools.partial(make, contents.record))
    for name, arrays in contents.beside.items():
        yield name, _arrays(arrays)
    for name, made in contents.made.items():
        yield name, _file(made) if isinstance(made, Path) else _text(made)


def _text(make: Callable[[], str]) -> Callable[[zipfile.ZipFile, str], None]:
    return lambda archive, name: archive.writestr(name, make())


def _file(path: Path) -> Callable[[zipfile.ZipFile, str], None]:
    return lambda archive, name: archive.write(path, name)


def _arrays(arrays: Mapping[str, NDArray]) -> Callable[[zipfile.ZipFile, str], None]:
    def write(archive: zipfile.ZipFile, name: str) -> None:
        with archive.open(name, "w") as member:
            np.savez(member, allow_pickle=False, **arrays)

    return write
