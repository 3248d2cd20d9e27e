"""Widgets of the form that write into the draft."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from nnlab.ui.state import State
from nnlab.ui.sweep.draft import Draft


def field(
    state: State, draft: Draft, name: str, take: Callable[[Any], None] | None = None
) -> dict[str, Any]:
    """Key and callback of a widget that writes into the draft."""
    key = f"sweep-{draft.version}-{name}"

    def write() -> None:
        value = st.session_state[key]
        if value is None:
            return
        if take is not None:
            take(value)
        else:
            setattr(draft, name, value)
        draft.keep(state.owner)

    return {"key": key, "on_change": write}
