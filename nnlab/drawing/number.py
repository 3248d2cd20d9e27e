"""Several digits drawn side by side, taken apart so that each can be read alone.

Ink that hangs together is one piece; where the strokes are known and two of them touch, each is a
piece. Pieces are then put together to digits: those that lie over each other, and short ones, such
as the separate top of a 5 or the dash of a 7, that are near another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.drawing.grouping import groups_of
from nnlab.drawing.image import box_of, is_empty
from nnlab.drawing.paper import ink_of
from nnlab.drawing.pieces import pieces_of
from nnlab.drawing.specks import without_specks


@dataclass(frozen=True)
class Part:
    """One digit of a number.

    Attributes:
        rgba: the digit alone, white on a black canvas of the whole drawing's size, for `prepare`:
            uint8 (height, width, 4).
        box: left, top, right and bottom of its ink in pixels of the canvas; the last two excluded.
    """

    rgba: NDArray[np.uint8]
    box: tuple[int, int, int, int]


def separate(rgba: NDArray[np.uint8], strokes: Sequence[Any] | None = None) -> list[Part]:
    """The digits of a drawing from left to right; none without ink.

    Args:
        rgba: uint8 (height, width, 4), as for `prepare`.
        strokes: what the canvas reports: Fabric.js path objects. With them, digits that touch are
            separated as well; those that cannot be read are passed over.

    Raises:
        ValueError: another type or shape of `rgba`.
        TooManyPieces: it is in so many pieces that it cannot be a number.
    """
    ink = ink_of(rgba)
    if is_empty(ink):
        return []
    pieces = pieces_of(without_specks(ink), strokes)
    groups = np.append(0, groups_of(pieces) + 1)[pieces.labels]
    parts = [_part(ink, groups == group) for group in range(1, int(groups.max()) + 1)]
    return sorted(parts, key=lambda part: part.box[0] + part.box[2])


def _part(ink: NDArray[np.uint8], mask: NDArray[np.bool_]) -> Part:
    alone = np.where(mask, ink, np.uint8(0))
    rows, columns = box_of(alone)
    rgba = np.dstack([alone, alone, alone, np.full_like(alone, 255)])
    return Part(rgba, (columns.start, rows.start, columns.stop, rows.stop))
