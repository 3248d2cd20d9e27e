"""The weights of a first layer as small images, one for each unit or filter, as HTML."""

from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures.diverging import coloured
from nnlab.figures.images import data_uri

_SHEET = (
    '<div class="nnlab-weights" role="list" style="display:grid;gap:6px;'
    "grid-template-columns:repeat(auto-fill,minmax({width}px,1fr));max-width:100%;"
    'color:inherit">{cells}</div>'
)
_CELL = (
    '<img role="listitem" src="{uri}" alt="{alt}" title="{alt}" style="width:100%;aspect-ratio:1;'
    'image-rendering:pixelated;border:1px solid rgba(138,143,152,.45);box-sizing:border-box">'
)
# Of an image on the page, in pixels: a filter of 3 × 3 needs less than a digit of 28 × 28.
_WIDE, _SMALL = 72, 52


def weight_images(images: NDArray[np.floating[Any]], limit: float, noun: str) -> str:
    """A grid: blue where ink raises the unit's sum, orange where it lowers it.

    Args:
        images: float (units, height, width).
        limit: size of a weight that has the full colour.
        noun: what each is, e.g. "unit".
    """
    cells = "".join(_cell(f"{noun} {n}", image, limit) for n, image in enumerate(images))
    return _SHEET.format(cells=cells, width=_WIDE if images.shape[1] > 9 else _SMALL)


def _cell(name: str, image: NDArray[np.floating[Any]], limit: float) -> str:
    finite = np.nan_to_num(image)
    alt = f"{name}: weights from {finite.min():.2f} to {finite.max():.2f}"
    return _CELL.format(uri=data_uri(coloured(image, limit)), alt=escape(alt))
