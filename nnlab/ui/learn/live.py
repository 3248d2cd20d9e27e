"""A training that goes on piece by piece while a visitor watches."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Moment = dict[str, Any]

UNNOTICED_SECONDS = 0.1


@dataclass
class LiveTraining:
    """The moments of one training so far.

    Attributes:
        steps: of training between one moment and the next.
        moments: the first is the untrained one.
    """

    steps: int
    moments: list[Moment] = field(default_factory=list)
    _began: float | None = None
    _began_with: int = 0

    @property
    def reached(self) -> int:
        """How many steps have been trained."""
        return max(len(self.moments) - 1, 0) * self.steps

    def advance(self, go_on: Callable[[Moment], Moment], target: int) -> None:
        """Towards `target` steps: one piece, and more as long as nobody would notice the wait."""
        started = time.monotonic()
        if self._began is None:
            self._began, self._began_with = started, len(self.moments)
        while self.reached < target:
            self.moments.append(go_on(self.moments[-1]))
            if time.monotonic() - started > UNNOTICED_SECONDS:
                return

    def rest(self) -> None:
        """Nobody waits for more: the clock stops."""
        self._began = None

    def seconds_left(self, target: int) -> float | None:
        """Until `target` steps are trained, at the pace so far; None while that is not known."""
        done = len(self.moments) - self._began_with
        if self._began is None or not done:
            return None
        pace = (time.monotonic() - self._began) / done
        return pace * max(target - self.reached, 0) / self.steps

    def at(self, step: float) -> int:
        """Position of the last moment that is not after `step`."""
        return min(int(step) // self.steps, len(self.moments) - 1)
