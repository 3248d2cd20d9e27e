"""Questions to workers that take seconds: the page goes on meanwhile, and the answers are kept."""

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from cachetools import LRUCache

AT_ONCE = 4
KEPT = 64


@dataclass(frozen=True)
class Asked:
    """A question that was asked.

    Attributes:
        future: of its answer.
        since: when it was asked, as `time.monotonic` counts.
    """

    future: "Future[Any]"
    since: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Since it was asked."""
        return time.monotonic() - self.since


class Questions:
    """Questions by what they are about, the last `KEPT` of them. Safe to share between threads."""

    def __init__(self) -> None:
        self._asked: LRUCache[Hashable, Asked] = LRUCache(KEPT)
        self._lock = threading.Lock()
        # Threads that wait for workers; they compute nothing.
        self._waiting = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="asked")

    def ask(self, about: Hashable, question: Callable[[], Any]) -> Asked:
        """Ask, unless it was asked already; what failed is asked again once it is forgotten."""
        with self._lock:
            if about not in self._asked:
                self._asked[about] = Asked(self._waiting.submit(question))
            return self._asked[about]

    def asked(self, about: Hashable) -> Asked | None:
        """The question, None where it was not asked."""
        with self._lock:
            return self._asked.get(about)

    def forget(self, about: Hashable) -> None:
        """What it was answered is taken over or told."""
        with self._lock:
            self._asked.pop(about, None)
