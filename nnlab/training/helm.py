"""How a run is steered while it trains: its speed, where it is to pause, and changes to come."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from nnlab.runs.steering import Course

# A chunk of steps of a slow run, so that its pictures move smoothly; with others on the worker,
# longer ones, as taking a run up costs some 15 ms.
SMOOTH_SECONDS = 0.08
SHARED_SECONDS = 0.5
# Waiting is cut up, to hear of what is asked.
NAP_SECONDS = 0.05


@dataclass
class Helm:
    """Kept from turn to turn.

    Attributes:
        course: what is wanted now; called often, so it must be cheap.
        crowded: whether another run waits for this worker.
    """

    course: Callable[[], Course] = Course
    crowded: Callable[[], bool] = lambda: False
    _due: float = field(default=0.0, init=False)
    _speed: float | None = field(default=None, init=False)

    def most_steps(self, now: int, steps_per_epoch: int) -> int | None:
        """How many steps may follow on step `now`, None for any number."""
        course = self.course()
        most = []
        if course.until_step is not None and course.until_step > now:
            most.append(course.until_step - now)
        if course.speed is not None:
            seconds = SHARED_SECONDS if self.crowded() else SMOOTH_SECONDS
            most.append(max(1, round(course.speed * steps_per_epoch * seconds)))
        return min(most, default=None)

    def made(self, epochs: float) -> None:
        """So many epochs, a fraction of one mostly, are done: when may training go on?"""
        speed, now = self.course().speed, time.monotonic()
        if speed is None:
            self._due = 0.0
        else:
            # What was lost to others or to compiling is not made up for.
            before = self._due if speed == self._speed else now
            self._due = max(before, now - SMOOTH_SECONDS) + epochs / speed
        self._speed = speed

    def left(self) -> float:
        """Seconds to wait now; a new speed counts at once."""
        if self.course().speed != self._speed:
            return 0.0
        return max(0.0, self._due - time.monotonic())

    def nap(self) -> None:
        """Wait a little, as far as there is something to wait for."""
        time.sleep(min(self.left(), NAP_SECONDS))
