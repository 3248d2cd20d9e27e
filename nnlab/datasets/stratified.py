"""Draw a part of a data set class by class, with nothing but NumPy.

An exported script holds the source of this module, and draws the images that the app draws: these
are the steps of scikit-learn's `train_test_split(..., stratify=labels)` (its
`StratifiedShuffleSplit`), number for number; a test holds the two against each other.
"""

import numpy as np


def stratified_split(labels: np.ndarray, size: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the examples that are left, and of `size` examples that are drawn.

    Args:
        labels: (n,), whole numbers.
        size: how many to draw.
        seed: another one, another draw.
    """
    rng = np.random.RandomState(seed)
    _, numbers, counts = np.unique(labels, return_inverse=True, return_counts=True)
    of_class = np.split(np.argsort(numbers, kind="stable"), np.cumsum(counts)[:-1])
    left = shares(counts, len(labels) - size, rng)
    drawn = shares(counts - left, size, rng)
    parts: tuple[list[np.ndarray], list[np.ndarray]] = ([], [])
    for positions, n_left, n_drawn in zip(of_class, left, drawn, strict=True):
        shuffled = positions[rng.permutation(len(positions))]
        parts[0].append(shuffled[:n_left])
        parts[1].append(shuffled[n_left : n_left + n_drawn])
    return rng.permutation(np.concatenate(parts[0])), rng.permutation(np.concatenate(parts[1]))


def shares(counts: np.ndarray, total: int, rng: np.random.RandomState) -> np.ndarray:
    """How many of `total` fall to each class, in proportion to `counts`; ties are drawn."""
    exact = counts / counts.sum() * total
    whole = np.floor(exact)
    missing = int(total - whole.sum())
    for remainder in np.unique(exact - whole)[::-1]:
        if not missing:
            break
        (tied,) = np.where(exact - np.floor(exact) == remainder)
        chosen = rng.choice(tied, size=min(len(tied), missing), replace=False)
        whole[chosen] += 1
        missing -= len(chosen)
    return whole.astype(int)
