"""A press of a button counts once."""

import threading
from collections.abc import Callable
from typing import Any


def once(callback: Callable[..., None]) -> Callable[..., None]:
    """The callback for a button whose press must not count twice, made anew at each drawing.

    Two requests of a browser in quick succession, such as a number field that is left and a button
    that is pressed, have Streamlit run two threads on one session state for a moment. Both find
    the press in it and both call back: one press of Train began two runs.
    """
    first = threading.Lock()

    def act(*arguments: Any, **named: Any) -> None:
        if first.acquire(blocking=False):  # never released
            callback(*arguments, **named)

    return act
