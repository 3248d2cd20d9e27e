"""How far an image is from those that a network learned from, and which of them are nearest.

Nearness is measured in the network's own terms: on the L2-normalised numbers that reach its last
layer (Sun et al. 2022, "Out-of-Distribution Detection with Deep Nearest Neighbors"). Strangeness
is, above all, what remains of the image after the nearest training images have been mixed into the
best likeness of it, pixel by pixel: the distance to their hyperplane (Vincent and Bengio 2001,
"K-Local Hyperplane and Convex Distance Nearest Neighbor Algorithms"). docs/drawing.md has it beside
other measures.
"""

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

# More numbers than this an image are sketched into as many: an index stays below 40 MB.
WIDEST = 1024
# Training images that are mixed: one for so many pixels, so that a mixture is no free choice.
_PIXELS_PER_NEIGHBOUR = 8
# Keeps the mixture from resting on the small differences of near twins, as a share of the mean
# variance among the neighbours (the weight decay of Vincent and Bengio's section 3).
_RIDGE = 0.1
_TINY = 1e-12
# Power of the distance in the strangeness.
_UNLIKENESS = 0.25
_AT_ONCE = 250

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]


def balanced_choice(labels: NDArray[np.integer[Any]], at_most: int) -> Indices:
    """Positions of at most `at_most` of the labels (n,), as many of each class; always the same.

    A class that has fewer leaves its places empty. In ascending order, int64 (m,).
    """
    classes = np.unique(labels)
    each = max(1, at_most // max(1, len(classes)))
    chosen = [_some(np.flatnonzero(labels == label), each) for label in classes]
    return np.sort(np.concatenate(chosen)) if chosen else np.zeros(0, np.int64)


def some(count: int, at_most: int) -> Indices:
    """At most `at_most` of the positions from 0 to `count`, by lot but always the same."""
    return np.sort(_some(np.arange(count), at_most))


def _some(positions: NDArray[np.intp], at_most: int) -> Indices:
    # RandomState, whose numbers NumPy promises never to change: an index outlives a version.
    order = np.random.RandomState(0).permutation(len(positions))
    return positions[order[:at_most]].astype(np.int64)


def directions(values: NDArray[np.floating[Any]]) -> Floats:
    """What is compared of each image: its numbers (n, d) scaled to length 1, float32.

    Beyond `WIDEST` numbers they are summed with random signs into so many sums, which keeps
    angles in expectation (Charikar, Chen and Farach-Colton 2002, "Finding frequent items in data
    streams"; Weinberger et al. 2009, "Feature hashing").
    """
    kept = np.asarray(values, np.float32)
    if kept.shape[1] > WIDEST:
        kept = np.asarray(kept @ _sketch(kept.shape[1]), np.float32)
    return kept / np.maximum(np.linalg.norm(kept, axis=1, keepdims=True), _TINY)


@functools.lru_cache(maxsize=4)
def _sketch(width: int) -> csr_matrix:
    lot = np.random.RandomState(0)
    places, signs = lot.randint(0, WIDEST, width), lot.choice([-1.0, 1.0], width)
    cells = (signs.astype(np.float32), (np.arange(width), places))
    return csr_matrix(cells, shape=(width, WIDEST))


def nearest(known: Floats, asked: Floats, count: int) -> tuple[Indices, Floats]:
    """The `count` nearest rows of `known` (m, d) for each of `asked` (n, d), nearest first.

    Args:
        known, asked: rows of length 1, as `directions` gives them.
        count: how many; no more than m are given.

    Returns:
        Row numbers int64 (n, count) and Euclidean distances float32 (n, count), from 0 (the same
        direction) to 2 (the opposite one).
    """
    count = min(count, len(known))
    cosines = asked @ known.T
    rows = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
    values = np.take_along_axis(cosines, rows, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    squares = 2 - 2 * np.take_along_axis(values, order, axis=1)
    distances = np.sqrt(np.maximum(squares, 0)).astype(np.float32)
    return np.take_along_axis(rows, order, axis=1).astype(np.int64), distances


def mixed(pixels: int) -> int:
    """How many training images are mixed into a likeness of an image of so many pixels."""
    return max(1, pixels // _PIXELS_PER_NEIGHBOUR)


def strangeness(residuals: Floats, distances: Floats) -> Floats:
    """How strange images are, (n,): the residual, more where the network finds it unlike, too.

    A product needs no common unit. benchmarks/strangeness.py: a power from a fifth to a half
    serves alike; without it a convolutional network accepts more letters and drawings.

    Args:
        residuals: of `residual`, float32 (n,).
        distances: to the nearest training image, of `nearest`, float32 (n,).
    """
    return residuals * distances**_UNLIKENESS


def residual(images: Floats, neighbours: Floats) -> Floats:
    """What no mixture of its neighbours explains of each image: a length in pixels' values, (n,).

    Args:
        images: float32 (n, d) in [0, 1].
        neighbours: float32 (n, k, d), each image's nearest training images in the same units.
    """
    parts = range(0, len(images), _AT_ONCE)
    found = [_rest(images[i : i + _AT_ONCE], neighbours[i : i + _AT_ONCE]) for i in parts]
    return np.concatenate(found) if found else np.zeros(0, np.float32)


def _rest(images: Floats, neighbours: Floats) -> Floats:
    """Length of x - m - A w with w = argmin |x - m - A w|² + ridge |w|², m the neighbours' mean."""
    middle = neighbours.mean(axis=1)
    apart, wanted = neighbours - middle[:, np.newaxis], images - middle
    products = apart @ apart.transpose(0, 2, 1)
    count = products.shape[1]
    ridge = _RIDGE * np.trace(products, axis1=1, axis2=2) / count + _TINY
    weighed = products + ridge[:, np.newaxis, np.newaxis] * np.eye(count, dtype=np.float32)
    weights = np.linalg.solve(weighed, apart @ wanted[..., np.newaxis])
    mixture = (weights.transpose(0, 2, 1) @ apart)[:, 0]
    return np.linalg.norm(wanted - mixture, axis=1).astype(np.float32)
