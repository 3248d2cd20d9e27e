"""What a network makes of many images, brought down to two numbers an image to be seen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Of t-SNE; the author's own choice (van der Maaten and Hinton 2008, section 4.2): first the
# leading 30 to 50 components, and a perplexity between 5 and 50.
_COMPONENTS, _PERPLEXITY = 50, 30.0
# Measured with 1,000 MNIST images: 2.1 s of one core instead of 2.7 for scikit-learn's 1,000 steps,
# at a silhouette of 0.70 instead of 0.71.
_ITERATIONS = 750
# Pictures are of one size when so many of their points are within the same distance: the few that
# lie far out would make all others small.
_WITHIN = 0.99
# The spread of t-SNE's starting points, as scikit-learn has it.
_START_SPREAD = 1e-4

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Plane:
    """Images in the plane of their two principal components.

    Attributes:
        points: float32 (n, 2), centred, in the units of the features; zeros where there is none.
        explained: share of the variance of the features that the plane shows; nan where it is 0,
            or where the features are no finite numbers.
    """

    points: Floats = field(repr=False)
    explained: float

    @property
    def usable(self) -> bool:
        """Whether the images differ at all."""
        return bool(np.isfinite(self.explained))


def of_equal_size(points: Floats) -> Floats:
    """Centred points (n, 2), not all the same, scaled so that 99 of 100 lie within 1 of 0."""
    distances = np.hypot(*points.T)
    size = float(np.quantile(distances, _WITHIN)) or float(distances.max())
    return (points / size).astype(np.float32)


def principal_plane(features: NDArray[np.floating[Any]], seed: int) -> Plane:
    """Principal component analysis of features (n, d): the two directions of largest variance.

    Args:
        features: what a layer makes of n images.
        seed: of the solver for many features, which begins with a random guess.
    """
    from sklearn.decomposition import PCA

    points = np.zeros((len(features), 2), np.float32)
    if len(features) < 2 or not np.isfinite(features).all() or not np.ptp(features, axis=0).any():
        return Plane(points, float("nan"))
    fitted = PCA(min(2, *features.shape), random_state=seed).fit(features)
    found = fitted.transform(features)
    points[:, : found.shape[1]] = found
    return Plane(points, float(fitted.explained_variance_ratio_.sum()))


def aligned(planes: Sequence[Plane]) -> list[Floats | None]:
    """Pictures (n, 2) of the same images at successive moments that can be watched like a film.

    The plane of the principal components has no right way up: from one moment to the next its
    axes may change places or signs. Each picture is brought to equal size and then turned or
    mirrored to lie as close as can be to the one before (orthogonal Procrustes, Schönemann 1966).
    None for a plane that is not usable.
    """
    from scipy.linalg import orthogonal_procrustes

    pictures: list[Floats | None] = []
    before: Floats | None = None
    for plane in planes:
        if not plane.usable:
            pictures.append(None)
            continue
        points = of_equal_size(plane.points)
        if before is not None:
            points = (points @ orthogonal_procrustes(points, before)[0]).astype(np.float32)
        pictures.append(points)
        before = points
    return pictures


def tsne(features: NDArray[np.floating[Any]], start: Floats, seed: int) -> Floats:
    """t-SNE (van der Maaten and Hinton 2008) of features (n, d): who is near stays near, (n, 2).

    Args:
        features: finite, of at least 5 images.
        start: where the points begin, (n, 2), of any spread: pictures that begin alike end alike.
        seed: of all that is by chance.

    Returns:
        Points as `of_equal_size` gives them.
    """
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    n, d = features.shape
    most = min(_COMPONENTS, n, d)
    if most < d:
        features = PCA(most, random_state=seed).fit_transform(features)
    begin = start / max(float(start.std()), 1e-12) * _START_SPREAD
    made = TSNE(
        perplexity=min(_PERPLEXITY, (n - 1) / 4),
        init=begin.astype(np.float32),
        random_state=seed,
        max_iter=_ITERATIONS,
    )
    with threadpool_limits(1):  # several threads add up in another order each time
        points = made.fit_transform(features)
    return of_equal_size(points - points.mean(axis=0))


def near_their_own(points: Floats, labels: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """For each point (n, 2) whether the nearest other one is of its class, (n,); n at least 2."""
    from scipy.spatial import cKDTree

    _, nearest = cKDTree(points).query(points, 2)
    own = np.arange(len(points))
    # Of points at the same place either may come first.
    other = np.where(nearest[:, 0] == own, nearest[:, 1], nearest[:, 0])
    return labels[other] == labels
