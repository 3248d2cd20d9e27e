"""Drawings as small images, digit by digit, with what a network makes of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from nnlab.figures.images import data_uri

_SHEET = '<div class="nnlab-drawings" role="list" style="color:inherit">{groups}</div>'
_GROUP = (
    '<div style="display:flex;gap:12px;align-items:flex-start;padding:6px 0;'
    'border-top:1px solid var(--st-border-color)">'
    '<div style="flex:none;width:2.6rem;font-weight:700;font-size:1.5rem;line-height:1.9">{label}'
    '<span style="display:block;font-weight:400;font-size:0.75rem;line-height:1.2;opacity:0.75">'
    "{count}</span></div>"
    '<div style="display:flex;flex-wrap:wrap;gap:8px">{cells}</div></div>'
)
_CELL = (
    '<figure role="listitem" style="margin:0;width:58px;text-align:center">'
    '<img src="{uri}" alt="{alt}" style="width:58px;height:58px;image-rendering:pixelated;'
    'box-sizing:border-box;display:block;border-radius:4px;border:{border}">'
    '<figcaption style="font-size:0.75rem;line-height:1.25;margin-top:2px;white-space:nowrap">'
    "{caption}</figcaption></figure>"
)
_RIGHT, _WRONG = "1px solid var(--st-border-color)", "3px dashed var(--st-red-color, #d13438)"


@dataclass(frozen=True)
class Shown:
    """A drawing on the sheet.

    Attributes:
        image: uint8 (side, side).
        label: the digit that it shows.
        answer: the digit that the network reads, None without an answer.
        learned: whether the network was trained on it.
    """

    image: NDArray[np.uint8]
    label: int
    answer: int | None
    learned: bool


def drawings_sheet(drawings: Sequence[Shown]) -> str:
    """HTML with a row for each digit; those read wrong have a dashed frame and say as what.

    Drawings that the network was trained on are marked, and not counted as right or wrong.
    """
    groups = groupby(drawings, key=lambda drawing: drawing.label)
    return _SHEET.format(groups="".join(_group(label, list(found)) for label, found in groups))


def _group(label: int, drawings: list[Shown]) -> str:
    known = [each for each in drawings if each.answer is not None and not each.learned]
    right = sum(drawing.answer == label for drawing in known)
    count = f"{right} of {len(known)}" if known else str(len(drawings))
    return _GROUP.format(label=label, count=count, cells="".join(map(_cell, drawings)))


def _cell(drawing: Shown) -> str:
    wrong = drawing.answer is not None and drawing.answer != drawing.label
    caption = f"✗ as {drawing.answer}" if wrong else "✓" if drawing.answer is not None else ""
    return _CELL.format(
        uri=data_uri(drawing.image),
        alt=escape(_words(drawing, wrong), quote=True),
        border=_WRONG if wrong else _RIGHT,
        caption=escape(caption) + ("<br>trained on" if drawing.learned else ""),
    )


def _words(drawing: Shown, wrong: bool) -> str:
    read = f", wrongly read as {drawing.answer}" if wrong else ""
    trained = ", trained on" if drawing.learned else ""
    return f"drawing of {drawing.label}{read}{trained}"
