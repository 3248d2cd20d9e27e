"""What is made of a wall is made once for all who look at it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any


class LastMade:
    """The last value of each key, for as long as it is asked for with the same source."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._made: OrderedDict[Hashable, tuple[object, Any]] = OrderedDict()

    def get(self, key: Hashable, source: object, make: Callable[[], Any]) -> Any:
        """The value of `key`; made anew where it is unknown or was made of another object.

        Args:
            key: names the value.
            source: what it is made of, compared by identity.
            make: makes it; two who ask at once may both do so.
        """
        with self._lock:
            before, value = self._made.get(key, (None, None))
        if before is not source:
            value = make()
        with self._lock:
            self._made[key] = source, value
            self._made.move_to_end(key)
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        return value
