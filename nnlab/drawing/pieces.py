"""The pieces of ink of a number: what hangs together, and within it what one stroke drew."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.drawing.strokes import owners

# A stroke's share of a piece of ink below which it is only the ragged rim of a crossing.
_RIM = 0.05
# A piece that is narrower than this, for its height, is not two digits: its strokes stay together.
_WIDE = 0.9
# Longer side, in pixels, at which distances are measured.
_WORKING = 224

# More pieces than this are no number, and comparing each with each would take long. More strokes do
# not help to tell them apart either.
MOST_PIECES, MOST_STROKES = 60, 200

Labels = NDArray[np.int32]


class TooManyPieces(ValueError):
    """The drawing is in so many pieces that it cannot be a number."""

    def __init__(self, count: int) -> None:
        super().__init__(count)  # the only argument, so that it survives pickling
        self.count = count

    def __str__(self) -> str:
        return f"{self.count:,} separate pieces are too many for a number."


@dataclass(frozen=True)
class Pieces:
    """Pieces of ink and how they lie to each other; lengths in pixels.

    Attributes:
        labels: the piece of each pixel, counted from 1, (height, width); 0 for the paper.
        tops, bottoms, lefts, rights: of the bounding boxes, float (n,), ends excluded.
        gaps: shortest way from ink to ink, (n, n).
        order: the number of the stroke that drew it, (n,); 0 without strokes.
        starts, stops: first and last column of the ink in each of some evenly spaced rows,
            (n, rows); infinite where a piece has none.
    """

    labels: Labels
    tops: NDArray[np.float64]
    bottoms: NDArray[np.float64]
    lefts: NDArray[np.float64]
    rights: NDArray[np.float64]
    gaps: NDArray[np.float64]
    order: NDArray[np.intp]
    starts: NDArray[np.float64]
    stops: NDArray[np.float64]


def pieces_of(ink: NDArray[np.uint8], strokes: Sequence[Any] | None) -> Pieces:
    """The pieces of the ink, uint8 (height, width); with strokes also where they touch.

    Raises:
        TooManyPieces: more than `MOST_PIECES`.
    """
    from scipy.ndimage import find_objects, label

    labels, count = label(ink > 0, np.ones((3, 3)))
    if count > MOST_PIECES:
        raise TooManyPieces(count)
    order = np.zeros(count, np.intp)
    few = strokes is not None and 0 < len(strokes) <= MOST_STROKES
    owned = owners(strokes, ink.shape) if strokes and few else None
    if owned is not None:
        labels, order = _by_stroke(labels, owned)
        if len(order) > MOST_PIECES:
            raise TooManyPieces(len(order))
    boxes = find_objects(labels)
    sides = [[(s.start, s.stop) for s in box] for box in boxes]
    (tops, bottoms), (lefts, rights) = np.array(sides, float).transpose(1, 2, 0)
    step = max(1, max(ink.shape) // _WORKING)
    coarse = labels[::step, ::step]
    gaps = np.maximum(step * (_gaps(coarse, len(boxes)) - 1), 0)
    starts, stops = _edges(coarse, len(boxes))
    return Pieces(labels, tops, bottoms, lefts, rights, gaps, order, starts * step, stops * step)


def _by_stroke(labels: Labels, owned: Labels) -> tuple[Labels, NDArray[np.intp]]:
    """The labels divided by the stroke that drew each pixel, and the stroke of each."""
    strokes = int(owned.max()) + 1
    ink = labels > 0
    keys = (labels[ink] - 1) * strokes + owned[ink]
    counts = np.bincount(keys, minlength=int(labels.max()) * strokes).reshape(-1, strokes)
    target = np.arange(counts.size).reshape(counts.shape)
    most = target[np.arange(len(counts)), counts.argmax(axis=1)]
    rim = counts < _RIM * counts.sum(axis=1, keepdims=True)
    whole = rim | ~_wide(labels)[:, None]
    target = np.where(whole, most[:, None], target)
    divided = np.zeros_like(labels)
    used, divided[ink] = np.unique(target.ravel()[keys], return_inverse=True)
    divided[ink] += 1
    return divided, used % strokes


def _wide(labels: Labels) -> NDArray[np.bool_]:
    """Whether each piece is wide enough for two digits."""
    from scipy.ndimage import find_objects

    sides = (
        (box[1].stop - box[1].start, box[0].stop - box[0].start) for box in find_objects(labels)
    )
    return np.array([width >= _WIDE * height for width, height in sides])


def _gaps(labels: Labels, count: int) -> NDArray[np.float64]:
    """From pixel to pixel, (count, count); 1 between neighbours, 0 for a piece too small to see."""
    from scipy.ndimage import distance_transform_edt, minimum

    index = np.arange(1, count + 1)
    gaps = [
        minimum(distance_transform_edt(labels != piece), labels, index)
        if np.any(labels == piece)
        else np.zeros(count)
        for piece in index
    ]
    return np.array(gaps)


def _edges(labels: Labels, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """First and last column of each piece in each row, (count, height) each."""
    starts = np.full((count, len(labels)), np.inf)
    stops = np.full((count, len(labels)), -np.inf)
    rows, columns = np.nonzero(labels)
    places = labels[rows, columns] - 1, rows
    np.minimum.at(starts, places, columns)
    np.maximum.at(stops, places, columns)
    return starts, stops
