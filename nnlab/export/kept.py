"""Where a run's zip is kept, and how far the making of it has come: files in the run's folder.

They are deleted with the run.
"""

import json
import os
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

from nnlab.runs.files import RunFiles

_ZIP, _PROGRESS = "export.zip", "export.json"


@dataclass(frozen=True)
class Progress:
    """What is being made, and the share of the files that is done, 0 to 1."""

    doing: str
    share: float


def zip_path(run_id: str) -> Path:
    """The zip, if there is one."""
    return RunFiles(run_id).folder / _ZIP


def write_progress(run_id: str, progress: Progress) -> None:
    """Tell who waits."""
    path = RunFiles(run_id).folder / _PROGRESS
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_text(json.dumps(asdict(progress)))
    beside.replace(path)


def read_progress(run_id: str) -> Progress | None:
    """How far it has come; None before the beginning."""
    try:
        return Progress(**json.loads((RunFiles(run_id).folder / _PROGRESS).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def read_member(run_id: str, name: str) -> bytes:
    """One file of the zip.

    Raises:
        FileNotFoundError: there is no zip, or not this file in it.
    """
    try:
        with zipfile.ZipFile(zip_path(run_id)) as archive:
            return archive.read(name)
    except KeyError:
        raise FileNotFoundError(name) from None


def member_names(run_id: str) -> tuple[str, ...]:
    """The names in the zip; none where there is no zip that can be read."""
    try:
        with zipfile.ZipFile(zip_path(run_id)) as archive:
            return tuple(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return ()
