"""What users and the engine ask of the runs that this worker has: one look for all of them."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from nnlab.runs.leases import Leases
from nnlab.runs.records import Request
from nnlab.runs.steering import Course, Steering

LOOK_EVERY_SECONDS = 0.2
# A run on points is over in seconds, and steered by hand.
SOON_SECONDS = 0.1

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Heard:
    """What is asked of one run, as it was a moment ago; costs nothing.

    Attributes:
        requested: to pause, to stop or to leave.
        course: how it is steered.
        look: reads how it is steered anew, at once.
    """

    requested: Callable[[], Request | None]
    course: Callable[[], Course]
    look: Callable[[], None]


class Requests:
    """A thread reads the store while there are runs to read it for."""

    def __init__(self, leases: Leases) -> None:
        self._leases = leases
        self._steering = Steering(leases.engine)
        self._courses: dict[str, Course] = {}
        self._tokens: dict[str, str] = {}
        self._soon: set[str] = set()  # tokens
        self._found: dict[str, Request] = {}
        self._call: dict[str, Callable[[], None]] = {}
        self._changed = threading.Condition()
        self._reading = threading.Lock()
        self._thread: threading.Thread | None = None

    @contextmanager
    def heard(
        self, run_id: str, token: str, call: Callable[[], None], *, soon: bool = False
    ) -> Iterator[Heard]:
        """While the block lasts: says what is asked of the run.

        Args:
            run_id: the run.
            token: proves this worker's claim to it.
            call: called, in another thread, when something is.
            soon: whether to look twice as often.

        Raises:
            SQLAlchemyError: the store cannot be read.
        """
        self._look_at_courses([run_id])
        with self._changed:
            self._tokens[run_id], self._call[run_id] = token, call
            self._found.pop(run_id, None)
            self._soon |= {token} if soon else set()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True, name="requests")
                self._thread.start()
            self._changed.notify()
        try:
            yield Heard(
                lambda: self._of(run_id, token),
                lambda: self._courses.get(run_id, Course()),
                lambda: self._look_at_courses([run_id]),
            )
        finally:
            with self._changed:
                self._soon.discard(token)
                if self._tokens.get(run_id) == token:
                    for known in (self._tokens, self._call, self._found, self._courses):
                        known.pop(run_id, None)

    def _of(self, run_id: str, token: str) -> Request | None:
        """A newer claim of the same run in this very process ends the older one, too."""
        return self._found.get(run_id) if self._tokens.get(run_id) == token else "lost"

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._tokens))
                tokens = dict(self._tokens)
            self._look(tokens)
            threading.Event().wait(SOON_SECONDS if self._soon else LOOK_EVERY_SECONDS)

    def _look(self, tokens: dict[str, str]) -> None:
        try:
            asked = self._leases.requests(tokens)
            self._look_at_courses(tokens)
        except SQLAlchemyError:  # the next report of a run meets it, too, and ends that run
            logger.warning("the store cannot be read", exc_info=True)
            return
        with self._changed:
            for run_id, token in tokens.items():
                if self._tokens.get(run_id) != token:
                    continue
                request = asked.get(run_id)
                if request is None:
                    self._found.pop(run_id, None)
                else:
                    self._found[run_id] = request
                    self._call[run_id]()

    def _look_at_courses(self, run_ids: Iterable[str]) -> None:
        with self._reading:  # what was read earlier never takes the place of what is newer
            self._courses.update(self._steering.courses(run_ids))
