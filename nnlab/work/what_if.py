"""What a worker answers to "what if": a run's network on test images, one of them changed."""

import threading
from dataclasses import dataclass

import numpy as np
from cachetools import LRUCache, cached
from numpy.typing import NDArray

from nnlab.analysis.changes import Change, changed
from nnlab.analysis.evaluation import confidence, predicted
from nnlab.analysis.surgery import Surgery
from nnlab.experiment import Dataset
from nnlab.runs.moments import evenly
from nnlab.work.moments import network_at
from nnlab.work.tasks import experiment_of, splits_of
from nnlab.work.warm import ensure_warm

# Of 1,000 images of 28×28 pixels, 3 MB each.
KEPT_SETS = 8
NO_SURGERY = Surgery()


@dataclass(frozen=True)
class Question:
    """What is otherwise than in the test.

    Attributes:
        change: of the test images; None for none.
        surgery: of the network.
    """

    change: Change | None = None
    surgery: Surgery = NO_SURGERY


@dataclass(frozen=True)
class Said:
    """A network's answers to n images; to be read only.

    Attributes:
        predicted: int16 (n,), the classes.
        confidence: float32 (n,), their probabilities; NaN where the network gives no number.
    """

    predicted: NDArray[np.int16]
    confidence: NDArray[np.float32]


def answer(run_id: str, step: int | None, question: Question, count: int) -> Said:
    """What the network says to `count` evenly spaced test images of its run.

    Args:
        run_id: the run.
        step: of a recorded moment; None for the network as a complete run left it.
        question: what is otherwise.
        count: how many images; all of them where there are fewer.

    Raises:
        RunNotFound: no such run, or it has no such network.
        DatasetError: its images are not on this computer.
        ValueError: the network has no such layer, unit or class.
    """
    ensure_warm()
    from nnlab.models.what_if import probabilities_with

    images, numbers = _tested(experiment_of(run_id).dataset.without_additions(), count)
    if question.change is not None:
        images = changed(images, question.change, numbers)
    with network_at(run_id, step) as network:
        probabilities = probabilities_with(network.model, images, question.surgery)
    return Said(
        predicted(probabilities).astype(np.int16), confidence(probabilities).astype(np.float32)
    )


def norms(run_id: str, step: int | None) -> dict[int, NDArray[np.float32]]:
    """The norms of all hidden units' weights, see `nnlab.models.what_if.unit_norms`.

    Raises:
        RunNotFound: no such run, or it has no such network.
    """
    ensure_warm()
    from nnlab.models.what_if import unit_norms

    with network_at(run_id, step) as network:
        return unit_norms(network.model)


@cached(LRUCache(KEPT_SETS), lock=threading.Lock())
def _tested(dataset: Dataset, count: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Test images float32 (n, H, W) in [0, 1] and their numbers (n,)."""
    splits = splits_of(dataset)
    total = len(splits.y_test)
    numbers = evenly(min(count, total), total)
    return splits.x_test[numbers].astype(np.float32) / splits.info.scale, numbers
