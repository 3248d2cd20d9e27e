"""The shapes: points float64 (n, 2), most of them from -6 to 6, and their classes int64 (n,).

Circle, exclusive or, Gaussians and spiral have the formulas of TensorFlow Playground
(github.com/tensorflow/playground, src/dataset.ts), the others those of scikit-learn
(`make_moons`, `make_blobs`, and `make_circles`, here for any number of rings). Each function is
given the sizes of its classes, so these are exact: where Playground moves a point for its class
only, circle and exclusive or, here the point itself is moved, which comes to the same picture.
"""

import numpy as np

RADIUS = 5.0


def make_points(
    name: str, count: int, noise: float, balance: float, classes: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """The points of the shape `name`, in an order that is drawn from `seed`, too.

    Args:
        name: of the shape, one of `SHAPES`.
        count: how many points, of all classes together.
        noise: from 0 to 0.5.
        balance: size of the last class by that of the first.
        classes: how many.
        seed: of all that is drawn.

    Returns:
        Points float64 (count, 2) and classes int64 (count,).

    Raises:
        KeyError: no such shape.
    """
    sizes = class_sizes(count, balance, classes)
    points = np.concatenate(SHAPES[name](sizes, noise, seed))
    order = np.random.default_rng(seed).permutation(count)
    return points[order], np.repeat(np.arange(classes, dtype=np.int64), sizes)[order]


def class_sizes(count: int, balance: float, classes: int) -> list[int]:
    """Whole numbers with the sum `count`, evenly from the first class's to the last's."""
    shares = np.linspace(1.0, balance, classes)
    ends = np.rint(np.cumsum(shares) / shares.sum() * count).astype(int)
    return [int(size) for size in np.diff(ends, prepend=0)]


def _circle(sizes: list[int], noise: float, seed: int) -> list[np.ndarray]:
    """A disc within half the radius, and a ring from 0.7 of it outwards."""
    draw = np.random.default_rng([seed, 1])
    return [
        _around(draw.uniform(low * RADIUS, high * RADIUS, n), draw.uniform(0, 2 * np.pi, n))
        + draw.uniform(-RADIUS, RADIUS, (n, 2)) * noise
        for n, low, high in zip(sizes, (0.0, 0.7), (0.5, 1.0), strict=True)
    ]


def _xor(sizes: list[int], noise: float, seed: int) -> list[np.ndarray]:
    """Coordinates of the same sign, and of different signs, with a gap of 0.3 at the axes."""
    draw = np.random.default_rng([seed, 1])
    parts = []
    for n, sign in zip(sizes, (1, -1), strict=True):
        x, y = draw.uniform(0, RADIUS, (2, n)) + 0.3
        side = draw.choice([-1, 1], n)
        place = np.stack([side * x, sign * side * y], axis=1)
        parts.append(place + draw.uniform(-RADIUS, RADIUS, (n, 2)) * noise)
    return parts


def _gaussians(sizes: list[int], noise: float, seed: int) -> list[np.ndarray]:
    """Normal around (2, 2) and (-2, -2), with a variance from 0.5 to 4."""
    from sklearn.datasets import make_blobs

    spread = (0.5 + 7 * noise) ** 0.5
    return _by_class(make_blobs(sizes, centers=[[2, 2], [-2, -2]], cluster_std=spread,
                                shuffle=False, random_state=seed))  # fmt: skip


def _spiral(sizes: list[int], noise: float, seed: int) -> list[np.ndarray]:
    """Two arms of 1.75 turns, half a turn apart."""
    draw = np.random.default_rng([seed, 1])
    parts = []
    for n, start in zip(sizes, (0, np.pi), strict=True):
        along = np.arange(n) / n
        angle = 1.75 * along * 2 * np.pi + start
        arm = along[:, None] * RADIUS * np.stack([np.sin(angle), np.cos(angle)], axis=1)
        parts.append(arm + draw.uniform(-1, 1, (n, 2)) * noise)
    return parts


def _moons(sizes: list[int], noise: float, seed: int) -> list[np.ndarray]:
    """Two half circles that reach into each other, three times scikit-learn's size, centred."""
    from sklearn.datasets import make_moons

    points, labels = make_moons(tuple(sizes), shuffle=False, noise=noise, random_state=seed)
    return _by_class(((points - [0.5, 0.25]) * 3, labels))


def _blobs(sizes: list[int], noise: float, seed: int) -> list[np.ndarray]:
    """Normal around centres that lie evenly on a circle."""
    from sklearn.datasets import make_blobs

    centres = _around(np.full(len(sizes), 4.0), np.arange(len(sizes)) / len(sizes) * 2 * np.pi)
    return _by_class(make_blobs(sizes, centers=centres, cluster_std=0.5 + 3 * noise,
                                shuffle=False, random_state=seed))  # fmt: skip


def _rings(sizes: list[int], noise: float, seed: int) -> list[np.ndarray]:
    """As `make_circles`, for any number of rings, from the inmost outwards."""
    draw = np.random.RandomState(seed)
    parts = []
    for ring, n in enumerate(sizes, start=1):
        angle = np.linspace(0, 2 * np.pi, n, endpoint=False)
        parts.append(_around(np.full(n, RADIUS * ring / len(sizes)), angle))
    return [part + draw.normal(scale=noise, size=part.shape) for part in parts]


def _around(radius: np.ndarray, angle: np.ndarray) -> np.ndarray:
    return radius[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1)


def _by_class(made: tuple[np.ndarray, np.ndarray]) -> list[np.ndarray]:
    points, labels = made
    return [points[labels == label] for label in np.unique(labels)]


SHAPES = {
    "circle": _circle,
    "xor": _xor,
    "gaussians": _gaussians,
    "spiral": _spiral,
    "moons": _moons,
    "blobs": _blobs,
    "rings": _rings,
}
