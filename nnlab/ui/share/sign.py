"""A link as text to copy and as a QR code for the projector."""

import re
from html import escape

import streamlit as st

from nnlab.figures.qr import TooLongForQR, qr_svg
from nnlab.ui.picture import picture
from nnlab.ui.plain import plain

_SMALL = 190  # pixels
# The code as high as the window allows, and the address beside it to be typed from the last row.
_LARGE = (
    '<div style="display:flex;flex-wrap:wrap;align-items:center;gap:2rem">'
    '<div style="flex:0 1 74vh;min-width:14rem">{code}</div>'
    '<div style="flex:1 1 14rem;min-width:0;font-size:{size};line-height:1.35;font-weight:600;'
    'overflow-wrap:anywhere">{url}</div></div>'
)
_SHORT_URL = 60


def link_sign(key: str, url: str, title: str) -> None:
    """The link, its QR code and a button that shows both at full size.

    Args:
        key: unique on the page.
        url: the link.
        title: of the full-size view, and what the code is to a screen reader.
    """
    st.code(url, language=None, wrap_lines=True)
    try:
        code = _framed(qr_svg(url, f"QR code: {title}"))
    except TooLongForQR as error:
        st.caption(f"{error} Send it as text.")
        return
    picture(f'<div style="width:{_SMALL}px;max-width:100%">{code}</div>', f"{key}-qr")
    if st.button("Show large, for the projector", key=f"{key}-large", icon=":material/fullscreen:"):
        st.dialog(plain(title), width="large")(_large)(key, url, code)


def large_sign(key: str, url: str, title: str) -> None:
    """The full-size view at once, in a dialog, with the link to copy."""
    try:
        code = _framed(qr_svg(url, f"QR code: {title}"))
    except TooLongForQR as error:
        code = escape(str(error))
    st.dialog(plain(title), width="large")(_large)(key, url, code)


def _large(key: str, url: str, code: str) -> None:
    size = "clamp(1.25rem, 2.2vw, 2.4rem)" if len(url) <= _SHORT_URL else "1.25rem"
    st.code(url, language=None, wrap_lines=True)
    words = re.sub(r"([/?]+|&amp;)", r"\1<wbr>", escape(url))
    picture(_LARGE.format(code=code, url=words, size=size), f"{key}-qr-large")


def _framed(code: str) -> str:
    return f'<div style="background:#fff;border-radius:6px;overflow:hidden">{code}</div>'
