"""A link as text to copy and as a QR code for the projector."""

import streamlit as st

from nnlab.figures.qr import TooLongForQR, qr_svg
from nnlab.ui.picture import picture

_SMALL = 190  # pixels
# As large as the window allows, text and buttons of the dialog left room for.
_FULL = "min(74vh, 100%)"


def link_sign(key: str, url: str, title: str) -> None:
    """The link, its QR code and a button that shows both at full size.

    Args:
        key: unique on the page.
        url: the link.
        title: of the full-size view, and what the code is to a screen reader.
    """
    st.code(url, language=None, wrap_lines=True)
    try:
        markup = qr_svg(url, f"QR code: {title}")
    except TooLongForQR as error:
        st.caption(f"{error} Send it as text.")
        return
    picture(_sized(markup, f"{_SMALL}px"), f"{key}-qr")
    if st.button("Show large, for the projector", key=f"{key}-large", icon=":material/fullscreen:"):
        st.dialog(title, width="large")(_large)(key, url, markup)


def _large(key: str, url: str, markup: str) -> None:
    picture(_sized(markup, _FULL), f"{key}-qr-large")
    st.code(url, language=None, wrap_lines=True)


def _sized(markup: str, width: str) -> str:
    style = f"width:{width};max-width:100%;margin:0 auto 0 0;background:#fff;border-radius:6px"
    return f'<div style="{style};overflow:hidden">{markup}</div>'
