"""A training's reports, written to the run store."""

from nnlab.runs.files import RunFiles
from nnlab.runs.records import Checkpoint, EpochRecord, Point, Signal
from nnlab.runs.store import RunStore


class StoreReporter:
    """Reports to the database and the run's folder; requests are read from the database."""

    def __init__(self, store: RunStore, files: RunFiles, run_id: str) -> None:
        self.store = store
        self.files = files
        self.run_id = run_id

    def point(self, point: Point) -> None:
        """A new point of the training curve."""
        self.store.add_point(self.run_id, point)

    def epoch(self, record: EpochRecord) -> None:
        """An epoch has ended."""
        self.store.add_epoch(self.run_id, record)

    def checkpoint(self, checkpoint: Checkpoint, *, best: bool = False) -> None:
        """Keep this state."""
        self.files.write_checkpoint(checkpoint, best=best)

    def requested(self) -> Signal | None:
        """What the user asked for since."""
        return self.store.requested(self.run_id)
