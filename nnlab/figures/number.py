"""A number read digit by digit: where it was separated, and what was read of each part."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.images import as_pixels, data_uri
from nnlab.figures.svg import element

_STRIP = (
    '<ol style="display:flex;flex-wrap:wrap;gap:0.9rem;list-style:none;margin:0;padding:0;'
    'color:inherit">{digits}</ol>'
)
_DIGIT = (
    '<li style="text-align:center"><img src="{image}" alt="What the network sees of digit {place}" '
    'style="width:5.2rem;aspect-ratio:1;background:#000;image-rendering:pixelated;'
    'border-radius:4px;border:1px solid var(--st-border-color)">'
    '<div style="font-size:1.5rem;font-weight:700;line-height:1.3">{label}</div>'
    '<div style="font-size:0.8rem;opacity:0.8">{sure}</div></li>'
)


@dataclass(frozen=True)
class ReadDigit:
    """One digit of a number.

    Attributes:
        box: its place on the canvas in pixels: left, top, right, bottom.
        seen: what the network was given, float (side, side) from 0 to 1.
        label, sure: what it read, and how sure it is.
    """

    box: tuple[int, int, int, int]
    seen: NDArray[np.floating]
    label: str
    sure: str


def digits_in_a_row(digits: Sequence[ReadDigit]) -> str:
    """What the network sees and reads of each digit, as HTML."""
    return _STRIP.format(digits="".join(_digit(i, d) for i, d in enumerate(digits, 1)))


def _digit(place: int, digit: ReadDigit) -> str:
    return _DIGIT.format(
        image=data_uri(as_pixels(np.asarray(digit.seen), 1.0)),
        place=place,
        label=escape(digit.label),
        sure=escape(digit.sure),
    )


def separated(ink: NDArray[np.floating], digits: Sequence[ReadDigit]) -> str:
    """The canvas, float (height, width) from 0 to 1, with a frame around each digit, as SVG."""
    height, width = ink.shape
    spoken = f"The drawing, separated into {len(digits)} digits"
    return element(
        "svg",
        element("image", href=data_uri(as_pixels(ink, 1.0)), width=width, height=height),
        *(_frame(digit) for digit in digits),
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_label=spoken,
        style="display:block;width:100%;max-width:22rem;height:auto;border-radius:4px",
    )


def _frame(digit: ReadDigit) -> str:
    left, top, right, bottom = digit.box
    return element(
        "rect", x=left - 4, y=top - 4, width=right - left + 8, height=bottom - top + 8, rx=6,
        fill="none", stroke=palette.ORANGE, stroke_width=3,
    )  # fmt: skip
