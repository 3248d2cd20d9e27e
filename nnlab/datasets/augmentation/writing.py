"""Ways of writing a digit that MNIST hardly has: strokes drawn into its images.

Many people slash their zeros, give ones a flag and a foot, cross sevens, and write nines like
a g. Lengths are for images of 28 pixels and scale with the side.
"""

import numpy as np

from nnlab.datasets.augmentation.ink import column_in, ink_box

Random = np.random.Generator


def with_variants(images: np.ndarray, labels: np.ndarray, share: float, rng: Random) -> np.ndarray:
    """A copy of `images` (n, side, side), 0 to 1, in which `share` of 0, 1, 7 and 9 are varied."""
    varied = images.copy()
    chosen = rng.random(len(images)) < share
    for digit, change in VARIANTS.items():
        these = np.flatnonzero(chosen & (labels == digit))
        if len(these):
            varied[these] = change(images[these], rng)
    return varied


def slashed(images: np.ndarray, rng: Random) -> np.ndarray:
    """A stroke through the middle of the box, mostly leaning right, that may stand out."""
    n = len(images)
    top, bottom, left, right = ink_box(images)
    leaning = np.where(rng.random(n) < 0.85, 1, -1)  # a few lean left
    angle = np.radians(rng.uniform(0, 60, n)) * leaning
    direction = np.stack([-np.cos(angle), np.sin(angle)], axis=1)
    half = np.stack([bottom - top + 1, right - left + 1], axis=1) / 2
    # From the middle to the oval that fills the box, in that direction.
    radius = 1 / np.hypot(direction[:, 0] / half[:, 0], direction[:, 1] / half[:, 1])
    middle = np.stack([top + bottom, left + right], axis=1) / 2
    # It stands out of the oval at both ends, or at none.
    reach = radius * rng.uniform(0.6, 2.2, n)
    up, down = (direction * (reach * rng.uniform(0.85, 1.15, n))[:, None] for _ in range(2))
    return draw_stroke(images, middle + up, middle - down, _pen(images, rng))


def flagged_or_footed(images: np.ndarray, rng: Random) -> np.ndarray:
    """Ones with a flag (four in ten), a foot (a quarter), or both."""
    kind = rng.random(len(images))
    varied = images.copy()
    for these, change in ((kind < 0.75, _flagged), (kind >= 0.4, _footed)):
        if these.any():
            varied[these] = change(varied[these], rng)
    return varied


def _flagged(images: np.ndarray, rng: Random) -> np.ndarray:
    """A short stroke from the upper tip down to the left."""
    n, unit = len(images), images.shape[1] / 28
    top, bottom, _, _ = ink_box(images)
    row = np.minimum(top + 1, bottom)
    length, angle = rng.uniform(3, 9, n) * unit, np.radians(rng.uniform(0, 65, n))
    tip = np.stack([row, column_in(images, row)], axis=1)
    end = tip + np.stack([length * np.sin(angle), -length * np.cos(angle)], axis=1)
    return draw_stroke(images, tip, end, _pen(images, rng))


def _footed(images: np.ndarray, rng: Random) -> np.ndarray:
    """A stroke to both sides below the lower tip."""
    return _barred(images, ink_box(images)[1], (2.5, 7), (-0.15, 0.15), rng)


def crossed(images: np.ndarray, rng: Random) -> np.ndarray:
    """A bar through the stem, a little below the middle or above it, often rising."""
    top, bottom, _, _ = ink_box(images)
    row = np.round(top + (bottom - top) * rng.uniform(0.4, 0.65, len(images))).astype(int)
    return _barred(images, row, (2.5, 6), (-0.1, 0.25), rng)


def _barred(
    images: np.ndarray,
    row: np.ndarray,
    reach: tuple[float, float],
    rise: tuple[float, float],
    rng: Random,
) -> np.ndarray:
    """A bar through the ink of a row (n,): how far to either side, and how much it rises."""
    n, unit = len(images), images.shape[1] / 28
    column, slope = column_in(images, row), rng.uniform(*rise, n)
    left, right = (rng.uniform(*reach, n) * unit for _ in range(2))
    start = np.stack([row + slope * left, column - left], axis=1)
    end = np.stack([row - slope * right, column + right], axis=1)
    return draw_stroke(images, start, end, _pen(images, rng))


def hooked(images: np.ndarray, rng: Random) -> np.ndarray:
    """Two strokes from the lower tip to the left, as in a g."""
    n, unit = len(images), images.shape[1] / 28
    row = np.maximum(ink_box(images)[1] - 1, 0)
    length, pen = rng.uniform(5, 12, n) * unit, _pen(images, rng)
    dip, rise = rng.uniform(0, 2.5, n) * unit, rng.uniform(-1, 3.5, n) * unit
    tip = np.stack([row, column_in(images, row)], axis=1)
    bend = tip + np.stack([dip, -0.4 * length], axis=1)
    end = tip + np.stack([dip - rise, -length], axis=1)
    return draw_stroke(draw_stroke(images, tip, bend, pen), bend, end, pen)


def _pen(images: np.ndarray, rng: Random) -> np.ndarray:
    """Widths (n,) in pixels, as MNIST's strokes have them."""
    return rng.uniform(1.8, 3.0, len(images)) * images.shape[1] / 28


def draw_stroke(
    images: np.ndarray, start: np.ndarray, end: np.ndarray, width: np.ndarray
) -> np.ndarray:
    """A copy with a straight stroke in each image, round ends, edges one pixel soft.

    Args:
        images: (n, side, side), 0 to 1.
        start, end: row and column (n, 2), in pixels.
        width: (n,), in pixels.
    """
    side = images.shape[1]
    along = end - start
    length2 = (along**2).sum(axis=1) + 1e-6
    row = np.arange(side)[None, :, None] - start[:, 0, None, None]
    column = np.arange(side)[None, None, :] - start[:, 1, None, None]
    rows, columns = (along[:, axis, None, None] for axis in range(2))
    share = np.clip((row * rows + column * columns) / length2[:, None, None], 0, 1)
    distance = np.hypot(row - share * rows, column - share * columns)
    ink = np.clip(width[:, None, None] / 2 + 0.5 - distance, 0, 1)
    return np.maximum(images, ink.astype(images.dtype))


VARIANTS = {0: slashed, 1: flagged_or_footed, 7: crossed, 9: hooked}
