"""What a worker tells of the inside of a run's network, at any recorded moment."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.weighted_sum import NeuronPass
from nnlab.work.tasks import trained_network
from nnlab.work.warm import ensure_warm

if TYPE_CHECKING:
    import keras

Image = NDArray[np.float32]


def layer_outputs(run_id: str, step: int | None, image: Image) -> list[NDArray[np.float32]]:
    """What each layer makes of an image (H, W) in [0, 1]; see `nnlab.models.inside`.

    Raises:
        RunNotFound: no such run, or it has no network of that moment.
    """
    model = _model(run_id, step)
    from nnlab.models import inside

    return inside.layer_outputs(model, image)


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
    model = _model(run_id, step)
    from nnlab.models import inside

    return inside.neuron_pass(model, image, layer, unit, place)


def _model(run_id: str, step: int | None) -> "keras.Sequential":
    ensure_warm()
    return trained_network(run_id, step).model
