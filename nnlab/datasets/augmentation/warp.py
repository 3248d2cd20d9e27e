"""Images turned, stretched, sheared and bent, each in its own way."""

import numpy as np

# Points a side of the grid whose displacements bend an image.
GRID = 7


def affine(
    rng: np.random.Generator, n: int, rotation: float, zoom: tuple[float, float], shear: float
) -> np.ndarray:
    """Random matrices (n, 2, 2) from a distance in the copy to one in the original, row first.

    A zoom of 0.1 takes steps of 0.9 to 1.1 pixels, as Keras's `RandomZoom` does.
    """
    angle = 2 * np.pi * rng.uniform(-rotation, rotation, n)
    height, width = (1 + rng.uniform(-share, share, n) for share in zoom)
    slope = rng.uniform(-shear, shear, n)
    cos, sin = np.cos(angle), np.sin(angle)
    rows = np.stack([cos * height, sin * height], axis=1)
    columns = np.stack([(slope * cos - sin) * width, (slope * sin + cos) * width], axis=1)
    return np.stack([rows, columns], axis=1)


def positions(matrices: np.ndarray, middle: np.ndarray, side: int) -> np.ndarray:
    """Where each pixel of the copies comes from: rows and columns, float32 (2, n, side, side).

    `middle` (2, n) is what comes to stand in the middle of the copy.
    """
    steps = np.arange(side) - (side - 1) / 2
    down = matrices[:, :, 0, None, None] * steps[:, None]
    across = matrices[:, :, 1, None, None] * steps[None, :]
    return (middle[:, :, None, None] + np.moveaxis(down + across, 1, 0)).astype(np.float32)


def bends(rng: np.random.Generator, n: int, side: int, deviation: float) -> np.ndarray:
    """Smooth random displacements in pixels, float32 (2, n, side, side).

    A grid of points, displaced by a normal distribution of that standard deviation, is joined by
    cubic B-splines (Simard, Steinkraus and Platt, 2003, smooth a field of pixels instead).
    """
    grid = rng.normal(0, deviation, (2, n, GRID, GRID)).astype(np.float32)
    spline = spline_matrix(GRID, side)
    return spline @ grid @ spline.T


def spline_matrix(points: int, side: int) -> np.ndarray:
    """Uniform cubic B-splines at `side` places across `points`: float32 (side, points)."""
    place = np.linspace(0, points - 3, side)
    first = np.minimum(place.astype(int), points - 4)
    u = place - first
    weights = [(1 - u) ** 3, 3 * u**3 - 6 * u**2 + 4, -3 * u**3 + 3 * u**2 + 3 * u + 1, u**3]
    matrix = np.zeros((side, points), np.float32)
    for offset, weight in enumerate(weights):
        matrix[np.arange(side), first + offset] = weight / 6
    return matrix


def sample(images: np.ndarray, where: np.ndarray) -> np.ndarray:
    """Values of float32 images (n, side, side) at positions (2, n, side, side), bilinear.

    Outside the image everything is 0.
    """
    n, side, _ = images.shape
    wide = side + 2
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1))).ravel()
    place = np.clip(where + 1, 0, wide - 1 - 1e-5)
    corner = place.astype(np.int32)
    down, across = place - corner
    start = np.arange(n, dtype=np.int32)[:, None, None] * (wide * wide)
    at = start + corner[0] * wide + corner[1]
    upper = padded[at] + (padded[at + 1] - padded[at]) * across
    at += wide
    lower = padded[at] + (padded[at + 1] - padded[at]) * across
    return upper + (lower - upper) * down


def shifted(images: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Images (n, side, side) moved by whole pixels (n,) down and to the right; 0 comes in."""
    n, side, _ = images.shape
    row = np.arange(side) - rows[:, None]
    column = np.arange(side) - columns[:, None]
    inside = ((row >= 0) & (row < side))[:, :, None] & ((column >= 0) & (column < side))[:, None]
    taken = images[np.arange(n)[:, None, None], row[:, :, None] % side, column[:, None, :] % side]
    return np.where(inside, taken, np.zeros((), images.dtype))
