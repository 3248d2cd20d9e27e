"""What a network that learned from points answers all over the plane."""

import numpy as np
from numpy.typing import NDArray

from nnlab.datasets.plane import plane_features, plane_grid
from nnlab.experiment import Points
from nnlab.work.moments import network_at
from nnlab.work.tasks import experiment_of

# Points of the grid in each direction.
SIDE = 60


def field_of(run_id: str, step: int | None, reach: float) -> NDArray[np.float32]:
    """Probabilities float32 (SIDE, SIDE, classes) on a grid from -reach to reach.

    Rows go upwards with y, columns to the right with x.

    Args:
        run_id: of a run that learned from points.
        step: of a recorded moment; None for the network as a complete run left it.
        reach: how far the grid goes in each direction.

    Raises:
        RunNotFound: no such run, or it has no network of that moment.
    """
    points = experiment_of(run_id).dataset.points or Points()
    inputs = plane_features(grid(reach), points.features)
    with network_at(run_id, step) as network:
        found = network.probabilities(inputs)
    return found.reshape(SIDE, SIDE, -1)


def grid(reach: float) -> NDArray[np.float64]:
    """Points (SIDE * SIDE, 2), row by row."""
    return plane_grid(reach, SIDE)
