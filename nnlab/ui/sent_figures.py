"""What each browser has of the figures that it shows, so that only changes have to be sent."""

from typing import Any

import streamlit as st

from nnlab.ui.figure_changes import WHOLE_AGAIN_FROM, Sent, change, size

_SENT = "nnlab_sent_figures"


def told(figure: dict[str, Any], key: str) -> dict[str, Any]:
    """The whole figure, or what has changed in it since the browser got it whole.

    Args:
        figure: of what JSON knows.
        key: of the component that shows it.
    """
    sent = _sent().get(key)
    if sent is not None:
        changed = change(sent.figure, figure)
        if size(changed) < WHOLE_AGAIN_FROM:
            return {"whole": sent.id, "change": changed}
    sent = _sent()[key] = Sent(figure)
    return {"whole": sent.id, "figure": figure}


def missed(key: str) -> None:
    """The browser never saw the whole figure: it is sent again."""
    _sent().pop(key, None)


def send_whole_figures() -> None:
    """To be called when a page is drawn from its beginning: the browser may know no figure yet."""
    st.session_state[_SENT] = {}


def _sent() -> dict[str, Sent]:
    return st.session_state.setdefault(_SENT, {})
