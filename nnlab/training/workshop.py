"""Compiled networks, kept for the next run of the same structure."""

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from nnlab.datasets import Splits
from nnlab.experiment import Experiment
from nnlab.training.compiled import CompiledNetwork, structure

KEPT = 12  # beside those of the runs that are in hand

_lock = threading.Lock()
_free: OrderedDict[str, CompiledNetwork] = OrderedDict()
_in_hand: Counter[str] = Counter()
_coming: dict[str, threading.Event] = {}


@contextmanager
def in_hand(experiment: Experiment, splits: Splits) -> Iterator[None]:
    """While the block lasts, a network of this structure is kept once it is there.

    For a run that trains a turn at a time: it will come for it again.
    """
    key = structure(experiment, splits)
    with _lock:
        _in_hand[key] += 1
    try:
        yield
    finally:
        with _lock:
            _in_hand[key] -= 1
            _tidy()


@contextmanager
def compiled_network(
    experiment: Experiment, splits: Splits, *, fresh: bool = True
) -> Iterator[CompiledNetwork]:
    """A network that starts from the experiment's seed, nobody else's while the block lasts.

    One that was traced for an earlier run is taken where there is one: tracing costs seconds of
    Python, which hold up everything else in the process. After an error it is not kept.

    Args:
        experiment: what is to be trained.
        splits: its images.
        fresh: whether it has to be at its beginning; who puts in a whole state does not need that.
    """
    key = structure(experiment, splits)
    found = _taken(key)
    if found is None:
        found = CompiledNetwork(experiment, splits)
    elif fresh:
        found.reset(experiment)
    yield found
    with _lock:
        _free[key] = found
        _tidy()


@contextmanager
def made_ready(experiment: Experiment, splits: Splits) -> Iterator[CompiledNetwork | None]:
    """A new network, to be traced in the block and kept; None where one is there or on its way.

    A run that needs one meanwhile waits for it: to trace another would take it longer.
    """
    key, made = structure(experiment, splits), threading.Event()
    with _lock:
        superfluous = key in _free or key in _coming or _in_hand[key] > 0
        if not superfluous:
            _coming[key] = made
    if superfluous:
        yield None
        return
    try:
        network = CompiledNetwork(experiment, splits)
        yield network
        with _lock:
            _free[key] = network
            _tidy()
    finally:
        with _lock:
            del _coming[key]
        made.set()


def _taken(key: str) -> CompiledNetwork | None:
    with _lock:
        found, coming = _free.pop(key, None), _coming.get(key)
    if found is not None or coming is None:
        return found
    coming.wait()
    with _lock:
        return _free.pop(key, None)


def _tidy() -> None:
    """Let go of the networks that were not used for longest, but of none that is in hand."""
    spare = [key for key in _free if not _in_hand[key]]
    for key in spare[: max(0, len(spare) - KEPT)]:
        del _free[key]
    for key in [key for key, count in _in_hand.items() if not count]:
        del _in_hand[key]
