"""The server's clocks."""

import time


def now() -> float:
    """Seconds on a clock that never goes back; its zero means nothing."""
    return time.monotonic()


def utc() -> float:
    """Seconds since 1970, for what outlives this process."""
    return time.time()
