"""The newest part of a run's curves as a small file, for browsers that ask for it often.

The store has all of it and is asked once a second; what moves in between comes from here, at the
price of reading a file.
"""

import hashlib
import json
import math
import os
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from nnlab import settings
from nnlab.runs.records import EpochRecord, Point

# Some seconds' worth, so that nothing is missed between two readings of the store.
KEPT = 40


def feed_folder() -> Path:
    """Where the files are; nothing else is, as the server hands them out."""
    return settings.home() / "live"


def feed_name(run_id: str, owner: str) -> str:
    """The file of a run. Its name cannot be guessed without the owner's."""
    return hashlib.sha256(f"{owner}/{run_id}".encode()).hexdigest()[:32] + ".json"


def delete_feed(run_id: str, owner: str) -> None:
    """Remove the file, where there is one."""
    (feed_folder() / feed_name(run_id, owner)).unlink(missing_ok=True)


class Feed:
    """Begun when the run is queued, begun anew and then written by the worker that trains it.

    Where it cannot be written, browsers wait for the next reading of the store.
    """

    def __init__(self, run_id: str, owner: str) -> None:
        self.path = feed_folder() / feed_name(run_id, owner)
        self._points: deque[Point] = deque(maxlen=KEPT)
        self._epochs: deque[EpochRecord] = deque(maxlen=KEPT)

    def add(self, points: Iterable[Point] = (), epochs: Iterable[EpochRecord] = ()) -> None:
        """Write the file anew with these at its end."""
        self._points.extend(points)
        self._epochs.extend(epochs)
        figure = _figure([*self._points, *self._epochs])
        columns = {
            "points": _columns(self._points, ("epoch", "loss", figure)),
            "epochs": _columns(self._epochs, ("epoch", "val_loss", f"val_{figure}")),
        }
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside = self.path.with_suffix(".part")
            beside.write_text(json.dumps(columns, allow_nan=False))
            os.replace(beside, self.path)


def _figure(records: Iterable[Point | EpochRecord]) -> str:
    """What the run watches beside its loss."""
    numbers = any(record.accuracy is None for record in records)
    return "mean_absolute_error" if numbers else "accuracy"


def _columns(records: Iterable[Any], names: Iterable[str]) -> dict[str, list[float | None]]:
    rows = list(records)
    return {name: [_finite(getattr(row, name)) for row in rows] for name in names}


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
