"""Ties a widget to a field of an object that outlives it."""

from collections.abc import Callable
from typing import Any

import streamlit as st


def tied(
    target: object, field: str, key: str, then: Callable[[], None] | None = None
) -> dict[str, Any]:
    """Arguments that make a widget show `target.field` and write what is chosen back into it.

    Args:
        target: where the value lives; Streamlit forgets a widget's own when the page changes.
        field: name of the attribute.
        key: of the widget.
        then: called after a change.
    """
    value = getattr(target, field)
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value

    def take() -> None:
        setattr(target, field, st.session_state[key])
        if then is not None:
            then()

    return {"key": key, "on_change": take}
