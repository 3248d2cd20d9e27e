"""The order in which the training images come."""

import numpy as np
from numpy.typing import NDArray


def epoch_order(n: int, seed: int, index: int) -> NDArray[np.int32]:
    """A shuffle of `range(n)` (n,) that depends on the seed and the pass (0 is the first) only.

    A run that is resumed therefore goes on with the images it would have seen.
    """
    return np.random.default_rng([seed, index]).permutation(n).astype(np.int32)
