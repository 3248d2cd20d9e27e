"""What a run's network made of one image at each of its recorded moments."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnlab.datasets import info_of
from nnlab.runs.run import RunNotFound
from nnlab.work.moments import network_at
from nnlab.work.tasks import experiment_of


def image_over_time(
    run_id: str, image: NDArray[np.float32], steps: Sequence[int]
) -> NDArray[np.float32]:
    """Probabilities (steps, classes) for an image (H, W) in [0, 1] at recorded moments.

    NaN in the row of a moment that is not there, or whose weights were not kept.

    Raises:
        RunNotFound: no such run.
    """
    classes = len(info_of(experiment_of(run_id).dataset).classes)
    found = np.full((len(steps), classes), np.nan, np.float32)
    for row, step in enumerate(steps):
        try:
            with network_at(run_id, step) as network:
                found[row] = network.probabilities(image[np.newaxis])[0]
        except RunNotFound:
            continue
    return found
