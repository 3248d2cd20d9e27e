"""What a worker tells of the inside of a run's network, at any recorded moment."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from cachetools import LRUCache, cached
from numpy.typing import NDArray

from nnlab.analysis.weighted_sum import NeuronPass
from nnlab.work.tasks import untrained_model, weights_of
from nnlab.work.warm import ensure_warm

if TYPE_CHECKING:
    import keras

Image = NDArray[np.float32]

# Numbers among the weights of all networks that are kept for the next moment.
KEPT_PARAMETERS = 25_000_000
# Keras's objects take as much memory as so many.
_OBJECTS = 1_500_000


@dataclass
class _Kept:
    """A run's network, which has the weights of one moment after the other.

    To build one takes more than ten times as long as to give it other weights.
    """

    model: "keras.Sequential"
    holds: tuple[int | None] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


def layer_outputs(run_id: str, step: int | None, image: Image) -> list[NDArray[np.float32]]:
    """What each layer makes of an image (H, W) in [0, 1]; see `nnlab.models.inside`.

    Raises:
        RunNotFound: no such run, or it has no network of that moment.
    """
    with network_at(run_id, step) as model:
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
    with network_at(run_id, step) as model:
        from nnlab.models import inside

        return inside.neuron_pass(model, image, layer, unit, place)


@contextmanager
def network_at(run_id: str, step: int | None) -> Iterator["keras.Sequential"]:
    """The run's network at a moment, lent to one at a time.

    Raises:
        RunNotFound: no such run, or it has no network of that moment.
    """
    ensure_warm()
    from nnlab.models.state import write_weights

    kept = _kept(run_id)
    with kept.lock:
        if kept.holds != (step,):
            weights = weights_of(run_id, step)
            kept.holds = None
            write_weights(kept.model, weights)
            kept.holds = (step,)
        yield kept.model


def _size(kept: _Kept) -> int:
    return _OBJECTS + int(kept.model.count_params())


@cached(LRUCache(KEPT_PARAMETERS, getsizeof=_size), lock=threading.Lock())
def _kept(run_id: str) -> _Kept:
    return _Kept(untrained_model(run_id))
