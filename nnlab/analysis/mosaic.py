"""Several small arrays side by side as one."""

import math

import numpy as np
from numpy.typing import NDArray


def mosaic(tiles: NDArray[np.floating]) -> NDArray[np.float64]:
    """Tiles (n, height, width) in rows as square as can be, with lines of NaN between them.

    A single tile stays as it is. What is left of the last row is NaN.
    """
    n, height, width = tiles.shape
    columns = math.ceil(math.sqrt(n))
    rows = math.ceil(n / columns)
    whole = np.full((rows * (height + 1) - 1, columns * (width + 1) - 1), np.nan)
    for number, tile in enumerate(tiles):
        row, column = divmod(number, columns)
        top, left = row * (height + 1), column * (width + 1)
        whole[top : top + height, left : left + width] = tile
    return whole


def in_cells(values: NDArray[np.floating], columns: int) -> NDArray[np.float64]:
    """A row of numbers (n,) in rows of `columns`; what is left of the last row is NaN."""
    rows = math.ceil(len(values) / columns)
    whole = np.full(rows * columns, np.nan)
    whole[: len(values)] = values
    return whole.reshape(rows, columns)
