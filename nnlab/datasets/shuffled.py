"""Draw a part of a data set without classes, with nothing but NumPy.

An exported script holds the source of this module, and draws the examples that the app draws:
these are the steps of scikit-learn's `train_test_split(...)` without `stratify` (its
`ShuffleSplit`), number for number; a test holds the two against each other.
"""

import numpy as np


def shuffled_split(targets: np.ndarray, size: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the examples that are left, and of `size` examples that are drawn.

    Args:
        targets: (n,).
        size: how many to draw.
        seed: another one, another draw.
    """
    order = np.random.RandomState(seed).permutation(len(targets))
    return order[size:], order[:size]
