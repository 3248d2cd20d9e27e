"""Work of which only the newest matters, done beside everything else."""

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")

PATIENCE_SECONDS = 1.0


class NewestOnly(Generic[T]):
    """A thread that does one thing after the other; what still waits is replaced by what comes.

    In a `with` block, what came last is done at its end.

    Args:
        do: the work; its errors are its own matter.
    """

    def __init__(self, do: Callable[[T], None], name: str) -> None:
        self._do = do
        self._waiting: list[T] = []
        self._busy = False
        self._ended = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, daemon=True, name=name)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self._thread.join()

    def put(self, what: T) -> None:
        """Do this next; returns at once."""
        with self._changed:
            self._waiting = [what]
            self._changed.notify_all()

    def wait(self) -> None:
        """Return when what was put last is done, or takes so long that it is not worth waiting."""
        with self._changed:
            self._changed.wait_for(lambda: not (self._waiting or self._busy), PATIENCE_SECONDS)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._busy = False
                self._changed.notify_all()
                self._changed.wait_for(lambda: bool(self._waiting) or self._ended)
                if not self._waiting:
                    return
                what = self._waiting.pop()
                self._busy = True
            self._do(what)
