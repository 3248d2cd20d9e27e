"""Messages of a fragment are held back and sent in their order."""

from types import SimpleNamespace
from typing import Any

import pytest

from nnlab.ui import all_at_once as module
from nnlab.ui.all_at_once import all_at_once, send_now


@pytest.fixture
def context(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A run of a fragment; what was sent is in `sent`."""
    sent: list[Any] = []
    found = SimpleNamespace(_enqueue=sent.append, fragment_ids_this_run=["one"], sent=sent)
    monkeypatch.setattr(module, "get_script_run_ctx", lambda: found)
    return found


def test_messages_go_out_at_the_end_in_their_order(context: SimpleNamespace):
    with all_at_once():
        context._enqueue("first")
        context._enqueue("second")
        assert context.sent == []
    assert context.sent == ["first", "second"]
    context._enqueue("later")
    assert context.sent[-1] == "later"


def test_what_was_drawn_before_an_interruption_is_sent_too(context: SimpleNamespace):
    def draw() -> None:
        with all_at_once():
            context._enqueue("first")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        draw()
    assert context.sent == ["first"]


def test_before_something_slow_they_can_be_sent(context: SimpleNamespace):
    with all_at_once():
        context._enqueue("first")
        send_now()
        assert context.sent == ["first"]
        context._enqueue("second")
    assert context.sent == ["first", "second"]


def test_a_pages_first_drawing_goes_out_part_by_part(context: SimpleNamespace):
    context.fragment_ids_this_run = None
    with all_at_once():
        context._enqueue("first")
        assert context.sent == ["first"]
    send_now()
    assert context.sent == ["first"]
