"""What a worker tells of the inside of a run's network, at any recorded moment."""

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.weighted_sum import NeuronPass
from nnlab.work.moments import network_at

Image = NDArray[np.float32]


def layer_outputs(run_id: str, step: int | None, image: Image) -> list[NDArray[np.float32]]:
    """What each layer makes of an image (H, W) in [0, 1]; see `nnlab.models.inside`.

    Raises:
        RunNotFound: no such run, or it has no network of that moment.
    """
    with network_at(run_id, step) as network:
        from nnlab.models import inside

        return inside.layer_outputs(network.model, image)


def neuron_pass(
    run_id: str,
    step: int | None,
    image: Image,
    layer: int,
    unit: int,
    place: tuple[int, int] | None,
) -> NeuronPass:
    """One unit at work on an image (H, W) in [0, 1]; see `nnlab.models.inside`.

    Raises:
        RunNotFound: no such run, or it has no network of that moment.
        ValueError: there is no such layer, unit or place.
    """
    with network_at(run_id, step) as network:
        from nnlab.models import inside

        return inside.neuron_pass(network.model, image, layer, unit, place)
