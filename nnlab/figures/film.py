"""Images one after the other, as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from numpy.typing import NDArray

from nnlab.figures.images import as_pixels, data_uri

_STRIP = (
    '<ol class="nnlab-film" style="display:grid;gap:0.75rem;list-style:none;margin:0;padding:0;'
    'grid-template-columns:repeat({columns},minmax(0,11rem));color:inherit">{frames}</ol>'
)
_FRAME = (
    '<li style="margin:0"><figure style="margin:0">'
    '<div style="aspect-ratio:1;background:#000;border:1px solid var(--st-border-color);'
    "border-radius:4px;box-sizing:border-box;display:flex;align-items:center;"
    'justify-content:center;overflow:hidden">'
    '<img src="{uri}" alt="{alt}" style="width:{width:.1f}%;image-rendering:pixelated"></div>'
    '<figcaption style="font-size:0.85rem;line-height:1.35;margin-top:0.35rem;'
    'overflow-wrap:anywhere"><strong>{number}. {title}</strong><br>{text}</figcaption>'
    "</figure></li>"
)


@dataclass(frozen=True)
class Frame:
    """One image of the strip.

    Attributes:
        image: float (height, width) from 0 to 1, drawn on black in a square.
        title, text: what was done, in a word and in a line.
        share: how much of the square its longer side takes.
    """

    image: NDArray[Any]
    title: str
    text: str
    share: float = 1.0


def film_strip(frames: Sequence[Frame]) -> str:
    """The frames in order and in one row, numbered."""
    numbered = (_frame(number, frame) for number, frame in enumerate(frames, 1))
    return _STRIP.format(columns=len(frames), frames="".join(numbered))


def _frame(number: int, frame: Frame) -> str:
    height, width = frame.image.shape
    return _FRAME.format(
        uri=data_uri(as_pixels(frame.image, 1.0)),
        alt=escape(f"{frame.title}: {height} by {width} pixels", quote=True),
        width=100 * frame.share * width / max(height, width),
        number=number,
        title=escape(frame.title),
        text=escape(frame.text),
    )
