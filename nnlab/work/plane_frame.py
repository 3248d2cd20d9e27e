"""Frames of networks on points that do not train just now; and networks made ready to train.

As with `nnlab.work.moments`, a built network is kept and given other weights.
"""

import functools
import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cachetools import LRUCache, cached

from nnlab import settings
from nnlab.datasets import Splits
from nnlab.experiment import (
    Change,
    Dataset,
    Experiment,
    batches,
    edits_at,
    in_force,
    with_settings,
)
from nnlab.runs.frames import Frame
from nnlab.runs.run import Run
from nnlab.runs.steering import Steering
from nnlab.work.left import network_as_left
from nnlab.work.moments import KEPT_PARAMETERS, network_at, size_of
from nnlab.work.newest import NewestOnly
from nnlab.work.sharing import idle
from nnlab.work.tasks import splits_of, worker_store
from nnlab.work.warm import ensure_warm

if TYPE_CHECKING:
    import keras

    from nnlab.models.plane_frame import Edit, Plane

KEPT_PLANES = 16

logger = logging.getLogger(__name__)


def of_run(run_id: str, step: int | None, edits: Sequence["Edit"] = ()) -> Frame:
    """A run's network at a moment.

    Args:
        run_id: of a run that learned from points.
        step: of a recorded moment; None for the network as the run left it: complete, at its last
            checkpoint, or as it begins.
        edits: weights that are otherwise in the picture.

    Raises:
        RunNotFound: no such run, or it has no network of that moment.
        ValueError: an edit of a weight that the network does not have.
    """
    ensure_warm()
    from nnlab.models.plane_frame import Moment, frame_of
    from nnlab.models.steered import set_dials

    run = worker_store(settings.database_url()).get(run_id)
    splits = splits_of(run.experiment.dataset)
    plane, per_epoch = _plane(run.experiment.dataset), _steps_per_epoch(run, splits)
    if step is None and not run.complete:
        with network_as_left(run) as (network, epoch, rest):
            at = epoch * per_epoch + rest
            set_dials(network.model, in_force(run.experiment, at))
            moment = Moment(run_id, at, epoch + rest / per_epoch)
            made = (*_made(run, at), *edits)
            return frame_of(network.model, plane, moment, edits=made)
    at = run.step if step is None else step
    with network_at(run_id, step) as network:
        set_dials(network.model, in_force(run.experiment, at))
        return frame_of(network.model, plane, Moment(run_id, at, at / per_epoch), edits=edits)


def _made(run: Run, step: int) -> Iterator[Change]:
    """What was edited in a run that stands at `step`, and is not in its checkpoint."""
    yield from edits_at(run.experiment.training.changes, step)
    waiting = Steering(worker_store(settings.database_url()).engine).waiting(run.id)
    yield from (change for change in waiting if change.field == "weight")


def untrained(experiment: Experiment, edits: Sequence["Edit"] = ()) -> Frame:
    """The network that the experiment's seed draws, before its first step.

    What its changes make of it at the beginning is in the picture.

    Raises:
        ValueError: an edit of a weight that the network does not have.
    """
    ensure_warm()
    from nnlab.models.build import start_over
    from nnlab.models.plane_frame import frame_of
    from nnlab.training.compiled import structure

    splits = splits_of(experiment.dataset)
    edits = (*edits_at(experiment.training.changes, 0), *edits)
    experiment = in_force(experiment, 0)
    experiment = with_settings(experiment, {"training.changes": None})
    kept = _kept(structure(experiment, splits), experiment)
    with kept.lock:
        start_over(kept.model, experiment)
        return frame_of(kept.model, _plane(experiment.dataset), edits=edits)


def prepare(experiment: Experiment) -> None:
    """Get a network of this structure ready to train, in the background, while nobody trains here.

    Of several that are asked for in short order, the last one is made.
    """
    _practice().put(experiment)


def _prepare(experiment: Experiment) -> None:
    ensure_warm()
    from nnlab.training.practice import practise

    try:
        if idle():
            practise(experiment, splits_of(experiment.dataset))
    except Exception:  # a run of it meets the same, and says so
        logger.warning("a network could not be made ready", exc_info=True)


@functools.lru_cache(maxsize=1)
def _practice() -> NewestOnly[Experiment]:
    return NewestOnly(_prepare, "practice")


@functools.lru_cache(maxsize=KEPT_PLANES)
def _plane(dataset: Dataset) -> "Plane":
    from nnlab.models.plane_frame import Plane

    return Plane.of(dataset, splits_of(dataset))


def _steps_per_epoch(run: Run, splits: Splits) -> int:
    return batches(run.experiment.training, len(splits.y_train)).steps_per_epoch


@dataclass
class _Kept:
    """An untrained network, for one at a time."""

    model: "keras.Sequential"
    lock: threading.Lock = field(default_factory=threading.Lock)


@cached(
    LRUCache(KEPT_PARAMETERS, getsizeof=lambda kept: size_of(kept.model)),
    key=lambda structure, _: structure,
    lock=threading.Lock(),
)
def _kept(_: str, experiment: Experiment) -> _Kept:
    from nnlab.datasets import info_of
    from nnlab.models.build import build_model

    dataset = info_of(experiment.dataset)
    return _Kept(build_model(experiment, dataset.input_shape, dataset.outputs))
