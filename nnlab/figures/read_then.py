"""A drawing and the likeliest classes that a network saw in it, as HTML."""

from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.images import as_pixels, data_uri

_CARD = (
    '<div style="display:flex;gap:1rem;align-items:center;color:inherit">'
    '<img src="{uri}" alt="{alt}" style="width:7.5rem;aspect-ratio:1;flex:none;background:#000;'
    'image-rendering:pixelated;border-radius:6px">'
    '<div style="min-width:0;flex:1"><div class="when" style="font-size:0.85rem;opacity:0.75">'
    "{when}</div>{rows}</div></div>"
)
_ROW = (
    '<div class="guess" style="display:grid;grid-template-columns:minmax(1.6rem,auto) 1fr 4rem;'
    "gap:0 0.6rem;align-items:center;overflow-wrap:anywhere;font-variant-numeric:tabular-nums;"
    'font-size:{size}rem;font-weight:{weight}"><span>{name}</span>'
    '<span style="background:rgba(138,143,152,0.18);border-radius:2px"><span style="display:block;'
    'height:0.65rem;border-radius:2px;width:{width:.1f}%;background:{colour}"></span></span>'
    '<span style="text-align:right;font-size:0.85rem">{share}</span></div>'
)


def read_then(
    seen: NDArray[np.floating], guesses: Sequence[tuple[str, float]], when: str, alt: str
) -> str:
    """The image beside its likeliest classes, each with a bar.

    Args:
        seen: float (side, side) from 0 to 1, what the network was given.
        guesses: classes and their probabilities, likeliest first.
        when: the moment in words.
        alt: of the image.
    """
    rows = "".join(_row(name, share, place == 0) for place, (name, share) in enumerate(guesses))
    uri = data_uri(as_pixels(np.asarray(seen), 1.0))
    return _CARD.format(uri=uri, alt=escape(alt, quote=True), when=escape(when), rows=rows)


def _row(name: str, share: float, first: bool) -> str:
    return _ROW.format(
        name=escape(name),
        share=f"{share:.1%}",
        width=100 * share,
        colour=palette.RIGHT if first else palette.NEUTRAL,
        size=1.3 if first else 1,
        weight=700 if first else 400,
    )
