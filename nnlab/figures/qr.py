"""A QR code that a camera reads from a projector."""

import io
from functools import lru_cache
from html import escape

import segno

# Black on white in every theme: cameras look for dark modules on a light ground, and for four
# modules of it all round (ISO/IEC 18004).
_QUIET = 4


class TooLongForQR(ValueError):
    """No QR code holds so much text."""

    def __init__(self) -> None:
        super().__init__("This link is too long for a QR code.")


@lru_cache(maxsize=128)  # a long link takes 0.1 s
def qr_svg(text: str, label: str) -> str:
    """`text` as an SVG that fills its container's width.

    Error correction is at level M (15 % may be unreadable) or better where that costs no room.

    Args:
        text: what a camera reads.
        label: what a screen reader reads.

    Raises:
        TooLongForQR: more than about 2,300 characters.
    """
    try:
        code = segno.make_qr(text, error="m")
    except segno.DataOverflowError:
        raise TooLongForQR from None
    out = io.BytesIO()
    code.save(
        out,
        kind="svg",
        border=_QUIET,
        dark="#000",
        light="#fff",
        omitsize=True,
        xmldecl=False,
        svgns=False,
        nl=False,
    )
    markup = out.getvalue().decode()
    attributes = f'role="img" aria-label="{escape(label)}" style="display:block;width:100%"'
    return markup.replace("<svg", f"<svg {attributes}", 1)
