"""Compiled networks, kept for the next run of the same structure."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from nnlab.datasets import Splits
from nnlab.experiment import Experiment
from nnlab.training.compiled import CompiledNetwork, structure

KEPT = 12

_lock = threading.Lock()
_free: OrderedDict[str, CompiledNetwork] = OrderedDict()


@contextmanager
def compiled_network(experiment: Experiment, splits: Splits) -> Iterator[CompiledNetwork]:
    """A network that starts from the experiment's seed, nobody else's while the block lasts.

    One that was traced for an earlier run is taken where there is one: tracing costs seconds of
    Python, which hold up everything else in the process. After an error it is not kept.
    """
    key = structure(experiment, splits)
    with _lock:
        found = _free.pop(key, None)
    if found is None:
        found = CompiledNetwork(experiment, splits)
    else:
        found.reset(experiment)
    yield found
    with _lock:
        _free[key] = found
        while len(_free) > KEPT:
            _free.popitem(last=False)
