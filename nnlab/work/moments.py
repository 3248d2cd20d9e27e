"""A run's network at any moment of its training, for short tasks.

To build a network takes more than ten times as long as to give it other weights. So a worker keeps
one a run, which has the weights of one moment after the other; the finished network, which is asked
most, is kept for itself (`nnlab.work.tasks.trained_network`).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cachetools import LRUCache, cached

from nnlab.runs.files import RunFiles
from nnlab.runs.run import RunNotFound
from nnlab.work.tasks import trained_network, untrained_model, weights_of
from nnlab.work.warm import ensure_warm

if TYPE_CHECKING:
    import keras

    from nnlab.models.trained import TrainedNetwork

# Numbers among the weights of all networks that are kept for the next moment.
KEPT_PARAMETERS = 25_000_000
# Keras's objects take as much memory as so many.
_OBJECTS = 1_500_000


@dataclass
class _Kept:
    """A run's network and the moment whose weights it has, None where these are only half there."""

    network: "TrainedNetwork"
    holds: int | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


@contextmanager
def network_at(run_id: str, step: int | None) -> Iterator["TrainedNetwork"]:
    """The run's network at a moment; that of a recorded one is lent to one at a time.

    It is to be read only.

    Args:
        run_id: the run.
        step: of a recorded moment; None for the network as a complete run left it.

    Raises:
        RunNotFound: no such run, or it has no network of that moment.
    """
    ensure_warm()
    if step is None:
        yield trained_network(run_id)
        return
    kept = _kept(run_id)
    with kept.lock:
        if kept.holds != step:
            _take(kept, run_id, step)
        yield kept.network


@contextmanager
def network_of_checkpoint(run_id: str) -> Iterator[tuple["TrainedNetwork", int, int]]:
    """The network of a run that has not ended, as its last checkpoint has it, to be read only.

    Yields:
        The network, the epochs that were finished, and the steps of the next one.

    Raises:
        RunNotFound: no such run, or it has no checkpoint.
    """
    ensure_warm()
    from nnlab.models.state import write_weights

    checkpoint = RunFiles(run_id).read_checkpoint()
    if checkpoint is None:
        raise RunNotFound(run_id)
    kept = _kept(run_id)
    with kept.lock:
        kept.holds = None
        write_weights(kept.network.model, checkpoint.state)
        yield kept.network, checkpoint.epoch, checkpoint.step


def _take(kept: _Kept, run_id: str, step: int) -> None:
    from nnlab.models.state import write_weights

    weights = weights_of(run_id, step)
    kept.holds = None
    write_weights(kept.network.model, weights)
    kept.holds = step


def size_of(model: "keras.Sequential") -> int:
    """What a kept network counts for among `KEPT_PARAMETERS`."""
    return _OBJECTS + int(model.count_params())


@cached(
    LRUCache(KEPT_PARAMETERS, getsizeof=lambda kept: size_of(kept.network.model)),
    lock=threading.Lock(),
)
def _kept(run_id: str) -> _Kept:
    from nnlab.models.trained import TrainedNetwork

    return _Kept(TrainedNetwork(untrained_model(run_id, steered=True)))
