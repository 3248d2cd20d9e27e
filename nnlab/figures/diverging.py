"""Colours for numbers on both sides of zero: blue above, orange below, white is zero.

Blue and vermillion are told apart with every common kind of colour blindness.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette

ZERO = "#F7F7F7"
ABOVE, BELOW = palette.BLUE, palette.VERMILLION
# Where there is no number.
GAP = palette.GREY
SCALE = [[0.0, BELOW], [0.5, ZERO], [1.0, ABOVE]]
# The same for a style sheet, from below to above.
GRADIENT = f"linear-gradient(to right,{BELOW},{ZERO},{ABOVE})"
# Images as they are stored: 0 is black.
GREYS = [[0.0, "#000000"], [1.0, "#ffffff"]]


def furthest(values: NDArray[np.floating[Any]]) -> float:
    """The largest distance from zero among the finite values; 1 where all are zero."""
    finite = values[np.isfinite(values)]
    return float(np.abs(finite).max(initial=0.0)) or 1.0


def coloured(values: NDArray[np.floating[Any]], limit: float) -> NDArray[np.uint8]:
    """Values of any shape as RGB, uint8 (…, 3): full blue at `limit`, full orange at -`limit`.

    What is no finite number is grey.
    """
    share = np.clip(np.nan_to_num(values, posinf=0, neginf=0) / limit, -1, 1)[..., np.newaxis]
    end = np.where(share > 0, _rgb(ABOVE), _rgb(BELOW))
    mixed = _rgb(ZERO) + np.abs(share) * (end - _rgb(ZERO))
    known = np.isfinite(values)[..., np.newaxis]
    return np.rint(np.where(known, mixed, _rgb(GAP))).astype(np.uint8)


def css_colours(values: NDArray[np.floating[Any]], limit: float) -> list[str]:
    """The same for values (n,) as `#rrggbb`."""
    return [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in coloured(values, limit).tolist()]


def _rgb(colour: str) -> NDArray[np.float64]:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], float)
