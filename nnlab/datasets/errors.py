"""What can go wrong with a data set; every message says what to do next.

Each error keeps its parts as `args`, so that it survives the way from a worker process.
"""

from collections.abc import Iterable
from pathlib import Path


class DatasetError(Exception):
    """A data set cannot be used; the text is meant for the person at the screen."""


class UnknownDataset(DatasetError, ValueError):
    """No data set has this name."""

    def __init__(self, name: str, allowed: Iterable[str]) -> None:
        self.name, self.allowed = name, tuple(allowed)
        super().__init__(name, self.allowed)

    def __str__(self) -> str:
        return f"There is no data set {self.name!r}; there are {', '.join(self.allowed)}."


class DatasetUnavailable(DatasetError):
    """The data are not on this computer, or cannot be fetched or read just now."""


class DatasetCorrupt(DatasetError):
    """A file is there but does not hold what it should."""

    def __init__(self, file: Path, problem: str, remedy: str = "") -> None:
        self.file, self.problem, self.remedy = Path(file), problem, remedy
        super().__init__(self.file, problem, remedy)

    def __str__(self) -> str:
        return f"{self.file}: {self.problem}. {self.remedy}".rstrip()


class DownloadCancelled(DatasetError):
    """The download was stopped on request; nothing of it is left behind."""
