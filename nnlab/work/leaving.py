"""A worker that is asked to end lets its trainings write down where they are first.

Dask's keeper passes SIGTERM on and waits eight seconds; then the scheduler hands the runs to other
workers, which go on from what was written.
"""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE_SECONDS = 6.0
LOOK_EVERY_SECONDS = 0.05

_asked = threading.Event()
_lock = threading.Lock()
_trainings = 0


def worker_leaves() -> bool:
    """Whether this worker has been asked to end; trainings ask after each turn."""
    return _asked.is_set()


@contextmanager
def training() -> Iterator[None]:
    """Around a training: the worker does not end inside, for a while."""
    _count(1)
    try:
        yield
    finally:
        _count(-1)


async def dask_teardown(_: Any) -> None:
    """Called by Dask when the worker ends, before it tells the scheduler."""
    _asked.set()
    until = time.monotonic() + PATIENCE_SECONDS
    while _trainings and time.monotonic() < until:
        await asyncio.sleep(LOOK_EVERY_SECONDS)


def _count(change: int) -> None:
    global _trainings  # noqa: PLW0603
    with _lock:
        _trainings += change
