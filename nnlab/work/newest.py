"""Work of which only the newest matters, done beside everything else."""

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")


class NewestOnly(Generic[T]):
    """A thread that does one thing after the other; what still waits is replaced by what comes.

    In a `with` block, what came last is done at its end.

    Args:
        do: the work; its errors are its own matter.
    """

    def __init__(self, do: Callable[[T], None], name: str) -> None:
        self._do = do
        self._waiting: list[T] = []
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
            self._changed.notify()
        self._thread.join()

    def put(self, what: T) -> None:
        """Do this next; returns at once."""
        with self._changed:
            self._waiting = [what]
            self._changed.notify()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._waiting) or self._ended)
                if not self._waiting:
                    return
                what = self._waiting.pop()
            self._do(what)
