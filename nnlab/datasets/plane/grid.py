"""Points all over the plane."""

import numpy as np


def plane_grid(reach: float, side: int) -> np.ndarray:
    """Points float64 (side * side, 2) from -reach to reach, row by row, rows upwards with y."""
    places = np.linspace(-reach, reach, side)
    y, x = np.meshgrid(places, places, indexing="ij")
    return np.stack([x.ravel(), y.ravel()], axis=1)
