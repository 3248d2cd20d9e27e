"""Frames of a run on points, written beside its training."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nnlab.datasets import Splits
from nnlab.runs.frames import FrameFile
from nnlab.runs.run import Run
from nnlab.work.newest import NewestOnly

if TYPE_CHECKING:
    from nnlab.training.frames import Frames

# A chunk of steps takes a little longer than this, see `nnlab.training.pace`.
ALONE_SECONDS = 0.05
SHARED_SECONDS = 0.5


@contextmanager
def live_frames(run: Run, splits: Splits, alone: Callable[[], bool]) -> Iterator["Frames | None"]:
    """While the block lasts, frames go to the run's file; None for a run on images.

    They are written by a thread, so that training never waits for a disk.

    Args:
        run: whose frames they are.
        splits: its points.
        alone: whether no other run shares the worker.
    """
    if splits.info.has_images:
        yield None
        return
    from nnlab.training.frames import Frames

    def every() -> float:
        return ALONE_SECONDS if alone() else SHARED_SECONDS

    with NewestOnly(FrameFile(run.id, run.owner).write, "frames") as newest:
        yield Frames(run.id, run.experiment, splits, newest.put, every, newest.wait)
