"""Ties a widget to a field of an object that outlives it."""

from collections.abc import Callable
from typing import Any

import streamlit as st


def tied(
    target: object, field: str, key: str, then: Callable[[], None] | None = None
) -> dict[str, Any]:
    """Arguments that make a widget write each choice into `target.field`.

    What the widget shows first (`index`, `value`, `default`) must be drawn from the field at each
    run: unlike a value put into the session state, it reaches the browser even if a message is
    dropped because another run begins.

    Args:
        target: where the value lives; Streamlit forgets a widget's own when the page changes.
        field: name of the attribute. When it is set by other means than this widget, the widget
            needs another key: a message that is under way from the browser still has the old
            value, which would pass for a choice.
        key: of the widget.
        then: called after a choice.
    """

    def take() -> None:
        setattr(target, field, st.session_state[key])
        if then is not None:
            then()

    return {"key": key, "on_change": take}
