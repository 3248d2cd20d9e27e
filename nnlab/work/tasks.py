"""Short tasks of workers, and what a worker keeps for the next task.

TensorFlow is loaded when a task is, never when this module is imported.
"""

import functools
import importlib
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import numpy as np
from cachetools import LRUCache, cached
from numpy.typing import NDArray

from nnlab import settings
from nnlab.curriculum import LESSONS
from nnlab.datasets import Splits, load_splits
from nnlab.experiment import Dataset, Experiment, in_force
from nnlab.runs.files import RunFiles
from nnlab.runs.moments import Moments
from nnlab.runs.run import RunNotFound
from nnlab.runs.store import RunStore
from nnlab.work.warm import ensure_warm

if TYPE_CHECKING:
    import keras

    from nnlab.models.trained import TrainedNetwork

# Networks are kept for the next drawing: of a class of thirty, each has its own.
KEPT_NETWORKS_BYTES = 300_000_000
# Measured for 784-128-10: Keras's objects, beside the parameters themselves.
_BYTES_A_NETWORK = 6_000_000
KEPT_EXPERIMENTS = 256
KEPT_SPLITS = 3

_one_at_a_time = threading.Lock()
_loading: "WeakValueDictionary[Dataset, threading.Lock]" = WeakValueDictionary()
_in_use: "WeakValueDictionary[Dataset, Splits]" = WeakValueDictionary()
# A lesson's compiled loops move variables that outlive a call; a worker has two threads.
_lesson_locks = {lesson: threading.Lock() for lesson in LESSONS}


def predict(run_id: str, images: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probabilities (n, classes) of a complete run's network for images (n, H, W) in [0, 1].

    Raises:
        RunNotFound: no such run, or it has no network.
    """
    ensure_warm()
    return trained_network(run_id).probabilities(images)


def run_lesson(lesson: str, function: str, arguments: dict[str, Any]) -> Any:
    """Call a function of `nnlab.lessons.<lesson>`, the TensorFlow that the lesson shows.

    Raises:
        KeyError: there is no such lesson.
    """
    ensure_warm()
    with _lesson_locks[lesson]:
        module = importlib.import_module(f"nnlab.lessons.{lesson}")
        return getattr(module, function)(**arguments)


def _size(network: "TrainedNetwork") -> int:
    return _BYTES_A_NETWORK + 4 * int(network.model.count_params())


@cached(LRUCache(KEPT_NETWORKS_BYTES, getsizeof=_size), lock=threading.Lock())
def trained_network(run_id: str) -> "TrainedNetwork":
    """The network of a complete run, kept for the next question.

    Raises:
        RunNotFound: no such run, or it has no network.
    """
    from nnlab.models.state import write_weights
    from nnlab.models.trained import TrainedNetwork

    weights = weights_of(run_id, None)
    model = untrained_model(run_id)
    write_weights(model, weights)
    return TrainedNetwork(model)


def untrained_model(run_id: str, *, steered: bool = False) -> "keras.Sequential":
    """A network like that of a run as it stands now, whose weights are still to come.

    Args:
        run_id: the run.
        steered: whether penalties and dropout can be set to those of another moment.

    Raises:
        RunNotFound: no such run.
    """
    from nnlab.datasets import info_of
    from nnlab.models.build import build_model

    run = worker_store(settings.database_url()).get(run_id)
    experiment = in_force(run.experiment, run.step)
    dataset = info_of(experiment.dataset)
    shapes = dataset.input_shape, len(dataset.classes)
    return build_model(experiment, *shapes, steered=steered)


def weights_of(run_id: str, step: int | None) -> Mapping[str, NDArray]:
    """A run's weights by the names of `nnlab.models.state`.

    Args:
        run_id: the run.
        step: of a recorded moment; None for those that a complete run ended with.

    Raises:
        RunNotFound: no such run, or it has no such weights.
    """
    found = RunFiles(run_id).read_weights() if step is None else _recorded(run_id, step)
    if found is None:
        raise RunNotFound(run_id)
    return found


def _recorded(run_id: str, step: int) -> Mapping[str, NDArray] | None:
    try:
        return Moments(run_id).read(step).weights
    except FileNotFoundError:
        return None


@functools.lru_cache(maxsize=KEPT_EXPERIMENTS)
def experiment_of(run_id: str) -> Experiment:
    """What a run trained; the store is asked once. Changes while it trains may be missing."""
    return worker_store(settings.database_url()).get(run_id).experiment


def splits_of(dataset: Dataset) -> Splits:
    """The images of `dataset`, kept from run to run: the same split is asked for again.

    Of many who ask at once, one loads them and the others wait.
    """
    with _one_at_a_time:
        lock = _loading.setdefault(dataset, threading.Lock())
    with lock:
        found = _in_use.get(dataset)
        if found is None:
            found = _in_use[dataset] = _splits(dataset)
        return found


@functools.lru_cache(maxsize=KEPT_SPLITS)
def _splits(dataset: Dataset) -> Splits:
    return load_splits(dataset)


@functools.lru_cache(maxsize=1)
def worker_store(url: str) -> RunStore:
    """The run store, opened once in a worker."""
    return RunStore(url)
