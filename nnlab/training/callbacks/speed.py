"""How many examples a second a training gets through."""

import time
from collections import deque
from collections.abc import Callable

# Long enough to hold many short epochs with all that comes between them, and short enough to tell
# within seconds when a training has become slower.
WINDOW_SECONDS = 4.0
# What is measured over less says little, e.g. of a chunk that took a millisecond.
_LEAST_SECONDS = 1e-3


class Speed:
    """Examples a second over the last seconds: whatever is done between two epochs counts, too.

    Begins to measure when it is made.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._done = 0
        self._seen: deque[tuple[float, int]] = deque([(clock(), 0)])

    def add(self, examples: int) -> float:
        """So many more have been learned from; returns the speed now."""
        now = self._clock()
        self._done += examples
        self._seen.append((now, self._done))
        while len(self._seen) > 2 and now - self._seen[1][0] >= WINDOW_SECONDS:
            self._seen.popleft()
        since, before = self._seen[0]
        return (self._done - before) / max(now - since, _LEAST_SECONDS)
