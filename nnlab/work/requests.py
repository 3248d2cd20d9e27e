"""What users and the engine ask of the runs that this worker has: one look for all of them."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from nnlab.runs.leases import Leases
from nnlab.runs.records import Request

LOOK_EVERY_SECONDS = 0.2

logger = logging.getLogger(__name__)


class Requests:
    """A thread reads the store while there are runs to read it for."""

    def __init__(self, leases: Leases) -> None:
        self._leases = leases
        self._tokens: dict[str, str] = {}
        self._found: dict[str, Request] = {}
        self._call: dict[str, Callable[[], None]] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    @contextmanager
    def heard(
        self, run_id: str, token: str, call: Callable[[], None]
    ) -> Iterator[Callable[[], Request | None]]:
        """While the block lasts: a function that says what is asked of the run.

        Args:
            run_id: the run.
            token: proves this worker's claim to it.
            call: called, in another thread, when something is.
        """
        with self._changed:
            self._tokens[run_id], self._call[run_id] = token, call
            self._found.pop(run_id, None)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True, name="requests")
                self._thread.start()
            self._changed.notify()
        try:
            yield lambda: self._of(run_id, token)
        finally:
            with self._changed:
                if self._tokens.get(run_id) == token:
                    for known in (self._tokens, self._call, self._found):
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
            threading.Event().wait(LOOK_EVERY_SECONDS)

    def _look(self, tokens: dict[str, str]) -> None:
        try:
            asked = self._leases.requests(tokens)
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
