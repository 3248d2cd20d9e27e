"""Sends what a fragment draws to the browser in one piece.

Streamlit sends on what has been drawn every hundredth of a second, and for each lot the browser
renders the whole page: ten times for a page of sixty elements. In one piece it does so once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx


@dataclass
class _Held:
    """Messages that wait, and what sends them."""

    send: Callable[[ForwardMsg], None]
    messages: list[ForwardMsg] = field(default_factory=list)

    def release(self) -> None:
        """Send them."""
        waiting, self.messages[:] = list(self.messages), []
        for message in waiting:
            self.send(message)


_holding: ContextVar[_Held | None] = ContextVar("nnlab_holding", default=None)


@contextmanager
def all_at_once() -> Iterator[None]:
    """What is drawn inside is sent at its end; a page's first drawing goes out part by part.

    Nothing inside may take long, or `send_now` has to be called before.
    """
    context = get_script_run_ctx()
    if context is None or not context.fragment_ids_this_run:
        yield
        return
    held = _Held(context._enqueue)
    context._enqueue = held.messages.append
    token = _holding.set(held)
    try:
        yield
    finally:
        _holding.reset(token)
        context._enqueue = held.send
        held.release()


def send_now() -> None:
    """Send what is held back, before something that takes a while."""
    held = _holding.get()
    if held is not None:
        held.release()
