"""A training's reports, written to the run store beside the training."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from nnlab.runs.feed import Feed
from nnlab.runs.files import RunFiles
from nnlab.runs.moments import Moment, Moments
from nnlab.runs.records import Checkpoint, EpochRecord, Point, Request
from nnlab.runs.store import RunStore

EVERY_SECONDS = 0.15


@dataclass
class _Unwritten:
    """What the training has told and nobody has written yet."""

    points: list[Point] = field(default_factory=list)
    epochs: list[EpochRecord] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    checkpoints: list[tuple[Checkpoint, bool]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.points or self.epochs or self.moments or self.checkpoints)

    def keep(self, checkpoint: Checkpoint, best: bool) -> None:
        """A newer checkpoint makes older ones superfluous, but for the best one."""
        rest = [old for old in self.checkpoints if old[1] and not best]
        self.checkpoints = [*rest, (checkpoint, best)]


class StoreReporter:
    """Reports to the database and the run's folder.

    A thread of its own does that, so that training never waits for a disk. Inside a `with`
    block; at its end everything is written. An error of the thread is raised by the next report
    or at the end. With a `feed`, browsers hear of the newest points, too.

    Args:
        store: the database.
        files: the run's folder.
        run_id: the run.
        feed: for browsers.
        asked: says what is asked of the run.
    """

    def __init__(
        self,
        store: RunStore,
        files: RunFiles,
        run_id: str,
        feed: Feed | None = None,
        asked: Callable[[], Request | None] = lambda: None,
    ) -> None:
        self.store = store
        self.feed = feed
        self.files = files
        self.run_id = run_id
        self.moments = Moments(run_id)
        self._unwritten = _Unwritten()
        self._asked = asked
        self._error: Exception | None = None
        self._ended = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, daemon=True, name=f"report-{run_id}")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()
        if error is None:
            self._raise()

    def close(self) -> None:
        """Return when everything is written; what is reported afterwards is not."""
        self._end()
        self._raise()

    # --- for the training -----------------------------------------------------------------

    def point(self, point: Point) -> None:
        """A new point of the training curve."""
        self._raise()
        with self._changed:
            self._unwritten.points.append(point)
            self._changed.notify()

    def epoch(self, record: EpochRecord) -> None:
        """An epoch has ended."""
        with self._changed:
            self._unwritten.epochs.append(record)
            self._changed.notify()

    def checkpoint(self, checkpoint: Checkpoint, *, best: bool = False) -> None:
        """Keep this state."""
        self._raise()
        with self._changed:
            self._unwritten.keep(checkpoint, best)
            self._changed.notify()

    def moment(self, moment: Moment) -> None:
        """Keep what the network is like now."""
        self._raise()
        with self._changed:
            self._unwritten.moments.append(moment)
            self._changed.notify()

    def requested(self) -> Request | None:
        """What is asked of the run."""
        self._raise()
        return self._asked()

    def _end(self) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify()
        self._thread.join()

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error

    # --- in the thread --------------------------------------------------------------------

    def _work(self) -> None:
        try:
            while True:
                with self._changed:
                    self._changed.wait_for(self._has_work)
                    unwritten, self._unwritten = self._unwritten, _Unwritten()
                    ended = self._ended
                self._write(unwritten)
                if ended:
                    return
                with self._changed:
                    self._changed.wait_for(lambda: self._ended, timeout=EVERY_SECONDS)
        except Exception as error:
            self._error = error

    def _has_work(self) -> bool:
        return self._ended or bool(self._unwritten)

    def _write(self, unwritten: _Unwritten) -> None:
        if unwritten.points:
            self.store.add_points(self.run_id, unwritten.points)
        self.store.add_epochs(self.run_id, unwritten.epochs)
        if self.feed and unwritten:
            self.feed.add(unwritten.points, unwritten.epochs)
        # Before the checkpoint: a run that goes on from there has all moments up to it.
        for moment in unwritten.moments:
            self.moments.write(moment)
        for checkpoint, best in unwritten.checkpoints:
            self.files.write_checkpoint(checkpoint, best=best)
