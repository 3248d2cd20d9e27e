"""Links to a room: for the class, and for its teachers."""

from urllib.parse import urlencode

import streamlit as st

from nnlab.ui.share.address import page_url
from nnlab.ui.share.sign import large_sign


def room_link(code: str) -> str:
    """The link by which a class joins."""
    return page_url("Class", urlencode({"room": code}))


def teacher_link(token: str) -> str:
    """The link that makes whoever opens it a teacher of the room."""
    return page_url("Class", urlencode({"teacher": token}))


def share_link(url: str, title: str, key: str) -> None:
    """A link to copy, and a button that shows it with its QR code on the whole projector.

    Args:
        url: the link.
        title: of the large view.
        key: unique on the page.
    """
    st.code(url, language=None, wrap_lines=True)
    label = "Show large, with a QR code"
    if st.button(label, key=f"{key}-large", icon=":material/qr_code_2:", type="tertiary"):
        large_sign(key, url, title)
