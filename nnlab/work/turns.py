"""Runs that share a worker train in turns, so that everybody's curve moves.

A turn is a fraction of a second; who has trained least comes next. The account is kept for each
visitor first and for each of a visitor's runs second: ten runs of one person together get what the
one run of another gets. A run that has not had a turn yet, or that somebody asked to pause or to
stop, comes before all others; then a visitor none of whose curves has moved for some seconds, as
after a long turn in which a network was compiled. This module knows nothing of what is trained.
"""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# All who share a worker have their turn within this time, as far as LEAST allows.
CYCLE_SECONDS = 5.0
# Whoever has had no turn for so long does not have to wait until the others have caught up.
PATIENCE_SECONDS = 6.0
# A shorter turn would be spent on taking the run up: about 15 ms of a small network's.
LEAST_SECONDS = 0.3
MOST_SECONDS = 0.6


class Seat:
    """A run's place among those that share this worker; made by `Turns.seat`."""

    def __init__(self, turns: "Turns", owner: str, arrival: int, used: float) -> None:
        self.owner = owner
        self.arrival = arrival
        self.used = used  # seconds; a late-comer is given what the others have had
        self.fresh = True
        self.hurried = False
        self.began = 0.0
        self.may_go = threading.Event()
        self._turns = turns

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits until it is this run's turn, which lasts until the end of the block."""
        self._turns.wait_for(self)
        try:
            yield
        finally:
            self._turns.hand_on(self)

    def turn_is_over(self) -> bool:
        """Whether the one whose turn it is should let another train; alone, it never has to."""
        return self._turns.is_over(self)

    def alone(self) -> bool:
        """Whether nobody else has a seat here."""
        return len(self._turns) == 1

    def others_wait(self) -> bool:
        """Whether another run would train now if this one did not."""
        return self._turns.someone_waits()

    def hurry(self) -> None:
        """Something is asked of this run: its next turn comes first."""
        self.hurried = True


class Turns:
    """Lets one run at a time train. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._seats: list[Seat] = []
        self._waiting: list[Seat] = []
        self._holder: Seat | None = None
        self._used: dict[str, float] = {}  # seconds, by owner
        self._last: dict[str, float] = {}  # when an owner's last turn ended
        self._arrivals = itertools.count()

    @contextmanager
    def seat(self, owner: str) -> Iterator[Seat]:
        """A place for a run of `owner`, for as long as the block lasts."""
        with self._lock:
            seat = self._new(owner)
            self._seats.append(seat)
        try:
            yield seat
        finally:
            with self._lock:
                self._seats.remove(seat)
                if not any(other.owner == owner for other in self._seats):
                    del self._used[owner], self._last[owner]

    def __len__(self) -> int:
        return len(self._seats)

    def wait_for(self, seat: Seat) -> None:
        """Return when it is the seat's turn."""
        with self._lock:
            self._waiting.append(seat)
            self._call_next()
        seat.may_go.wait()

    def hand_on(self, seat: Seat) -> None:
        """The seat's turn is over."""
        with self._lock:
            now = self._clock()
            seat.used += now - seat.began
            self._used[seat.owner] += now - seat.began
            self._last[seat.owner] = now
            seat.fresh = False
            seat.may_go.clear()
            self._holder = None
            self._call_next()

    def is_over(self, seat: Seat) -> bool:
        """Whether the seat has had its turn, and another would come before it now."""
        with self._lock:
            taken = self._clock() - seat.began
            if not self._waiting or taken < turn_seconds(len(self._waiting) + 1):
                return False
            best = min(self._rank(other) for other in self._waiting)
            return best < self._rank(seat, taken)

    def someone_waits(self) -> bool:
        """Whether a run waits for its turn."""
        return bool(self._waiting)

    def _new(self, owner: str) -> Seat:
        if owner not in self._used:
            self._used[owner] = min(self._used.values(), default=0.0)
            self._last[owner] = self._clock()
        own = [other.used for other in self._seats if other.owner == owner]
        return Seat(self, owner, next(self._arrivals), min(own, default=0.0))

    def _call_next(self) -> None:
        if self._holder is not None or not self._waiting:
            return
        seat = min(self._waiting, key=self._rank)
        self._waiting.remove(seat)
        self._holder = seat
        seat.began = self._clock()
        seat.may_go.set()

    def _rank(self, seat: Seat, taken: float = 0.0) -> tuple[bool, bool, bool, float, float, int]:
        """The least comes next; `taken` are seconds that are not in the account yet."""
        waited = self._clock() - self._last[seat.owner]
        return (
            not seat.hurried or taken > 0,
            not seat.fresh or taken > 0,
            waited < PATIENCE_SECONDS or taken > 0,
            self._used[seat.owner] + taken,
            seat.used + taken,
            seat.arrival,
        )


def turn_seconds(sharing: int) -> float:
    """How long a turn lasts when so many runs share a worker."""
    return max(LEAST_SECONDS, min(MOST_SECONDS, CYCLE_SECONDS / sharing))
