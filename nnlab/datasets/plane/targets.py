"""Points float64 (n, 2) from -6 to 6, and a number from -1 to 1 for each, float32 (n,).

Plane and Gaussians have the formulas of TensorFlow Playground (github.com/tensorflow/playground,
src/dataset.ts, `regressPlane` and `regressGaussian`), but that the plane is divided by 12 instead
of 10, so that no target lies beyond 1. The waves are ours. As in Playground, noise moves the place
that a target is taken from and not the point itself.
"""

import numpy as np

HALF_SIDE = 6.0
# Centre and sign of each bump.
BUMPS = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))
BUMP_RADIUS = 2.0


def make_targets(name: str, count: int, noise: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The points of the set `name`, and their targets.

    Args:
        name: of the set, one of `SURFACES`.
        count: how many points.
        noise: from 0 to 0.5, of half the side of the square.
        seed: of all that is drawn.

    Returns:
        Points float64 (count, 2) and targets float32 (count,).

    Raises:
        KeyError: no such set.
    """
    draw = np.random.default_rng([seed, 1])
    points = draw.uniform(-HALF_SIDE, HALF_SIDE, (count, 2))
    moved = points + draw.uniform(-HALF_SIDE, HALF_SIDE, (count, 2)) * noise
    return points, np.clip(SURFACES[name](*moved.T), -1, 1).astype("float32")


def _plane(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Rises evenly from one corner to the opposite one."""
    return (x + y) / (2 * HALF_SIDE)


def _gaussians(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Bumps up and down, of which the strongest counts; each is 0 from `BUMP_RADIUS` on.

    Playground calls them Gaussians, though their sides are straight.
    """
    bumps = [
        sign * np.clip(1 - np.hypot(x - cx, y - cy) / BUMP_RADIUS, 0, 1) for cx, cy, sign in BUMPS
    ]
    strongest = np.abs(bumps).argmax(axis=0)
    return np.take_along_axis(np.array(bumps), strongest[np.newaxis], axis=0)[0]


def _waves(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Two sine waves, one along each axis."""
    return (np.sin(x) + np.sin(y)) / 2


SURFACES = {
    "plane": _plane,
    "bumps": _gaussians,
    "waves": _waves,
}
