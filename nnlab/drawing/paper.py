"""Telling ink from paper.

The paper is what the outermost pixels show: around the ink of a transparent canvas nothing, else
the colour that most of them have. Where ink runs along most of the edge, the colour of most pixels
is another one; then the darker of the two is taken, since our own canvas is black. Ink is
whatever differs from the paper, in proportion. A canvas of exactly one colour all over has no
edge to go by and is taken for ink on black. Paper that is not even, as in a photograph, is
estimated place by place, and ink is what stands out from it.
"""

import numpy as np
from numpy.typing import NDArray

from nnlab.drawing.image import box_of, brightest
from nnlab.drawing.photo import is_photo, photographed_ink

# Weaker ink than this, of 255, is the soft edge of a stroke or noise.
_FAINT = 20
# Two colours are different ones from this difference of a channel on.
_DIFFERENT = 48
# So many rows and columns, at most, stand for all in finding the commonest colour.
_SAMPLED = 128

Pixels = NDArray[np.uint8]


def ink_of(rgba: Pixels) -> Pixels:
    """Strength of the ink, uint8 (height, width), 0 where it is too faint to count.

    The channel that differs most from the paper counts, so that pure blue on black is as good an
    ink as white; ink that is half transparent is half as strong.

    Args:
        rgba: uint8 (height, width, 4).

    Raises:
        ValueError: another type or shape.
    """
    canvas = _checked(rgba)
    strength = np.zeros(canvas.shape[:2], np.uint8)
    visible = canvas[..., 3] > _FAINT
    if visible.any():
        box = box_of(visible)
        strength[box] = _strength(canvas[box], whole=bool(visible.all()))
    return np.where(strength > _FAINT, strength, np.uint8(0))


def _checked(rgba: Pixels) -> Pixels:
    canvas = np.asarray(rgba)
    if canvas.dtype != np.uint8 or canvas.ndim != 3 or canvas.shape[2] != 4:
        raise ValueError(f"need uint8 (height, width, 4), got {canvas.dtype} {canvas.shape}")
    return canvas


def _strength(canvas: Pixels, whole: bool) -> Pixels:
    """Ink on what is visible of a canvas; `whole`: that is all of it."""
    colours, alpha = canvas[..., :3], canvas[..., 3]
    if 2 * np.count_nonzero(_edge(alpha) > _FAINT) <= len(_edge(alpha)):
        return alpha
    distance = _distance(colours, _paper(colours))
    if not np.any(distance[alpha > _FAINT] > _FAINT):
        if not whole:
            return alpha
        distance = distance if distance.any() else brightest(colours)
    elif is_photo(distance):
        distance = photographed_ink(colours)
    return (distance.astype(np.uint16) * alpha // 255).astype(np.uint8)


def _edge(image: Pixels) -> Pixels:
    """The outermost pixels, one after the other; corners may come twice."""
    return np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])


def _paper(colours: Pixels) -> Pixels:
    """The paper's colour, uint8 (3,)."""
    around, overall = _middle(_edge(colours)), _middle(_sample(colours).reshape(-1, 3))
    if int(_distance(around, overall)) <= _DIFFERENT:
        return around
    return min(around, overall, key=lambda colour: int(colour.max()))


def _sample(colours: Pixels) -> Pixels:
    rows, columns = (max(1, length // _SAMPLED) for length in colours.shape[:2])
    return colours[::rows, ::columns]


def _middle(colours: Pixels) -> Pixels:
    """The median of each channel, the darker of two."""
    return np.sort(colours, axis=0)[(len(colours) - 1) // 2]


def _distance(colours: Pixels, paper: Pixels) -> Pixels:
    """How far each colour is from the paper's in the channel that differs most."""
    return brightest(np.maximum(colours, paper) - np.minimum(colours, paper))
