"""What a run's networks make of test images, moment by moment, brought down to two dimensions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.embedding import Plane, principal_plane, tsne
from nnlab.datasets import Splits
from nnlab.experiment import Experiment
from nnlab.runs.run import RunNotFound
from nnlab.work.moments import network_at
from nnlab.work.tasks import experiment_of, splits_of
from nnlab.work.warm import ensure_warm

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]
Step = int | None


@dataclass(frozen=True)
class Planes:
    """The same test images at several moments.

    Attributes:
        labels: int16 (N,), classes of all test images.
        planes: by the step of the moment, None for the end; no plane where no weights were kept.
    """

    labels: NDArray[np.int16] = field(repr=False)
    planes: dict[Step, Plane | None] = field(repr=False)


def planes_of(run_id: str, steps: Sequence[Step], indices: Indices) -> Planes:
    """Principal planes of what reaches the last layer, at each of the steps.

    Args:
        run_id: the run.
        steps: of recorded moments; None for the network as a complete run left it.
        indices: which test images, (n,).

    Raises:
        RunNotFound: no such run.
        DatasetError: its images are not there.
    """
    ensure_warm()
    experiment = experiment_of(run_id)
    splits = _splits(experiment)
    found: dict[Step, Plane | None] = dict.fromkeys(steps)
    for step, features in _features(run_id, steps, indices):
        found[step] = principal_plane(features, experiment.training.seed)
    return Planes(splits.y_test.astype(np.int16), found)


def tsne_of(run_id: str, step: Step, indices: Indices, start: Floats) -> Floats:
    """t-SNE of what reaches the last layer at one moment, (n, 2).

    Args:
        run_id, step, indices: as for `planes_of`.
        start: where the points begin, (n, 2).

    Raises:
        RunNotFound: no such run, or no weights of that moment.
        DatasetError: its images are not there.
    """
    ensure_warm()
    return tsne(features_at(run_id, step, indices), start, experiment_of(run_id).training.seed)


def features_at(run_id: str, step: Step, indices: Indices) -> Floats:
    """What reaches the last layer at one moment for test images `indices`, (n, d).

    Raises:
        RunNotFound, DatasetError: as `tsne_of`.
    """
    for _, features in _features(run_id, [step], indices):
        return features
    raise RunNotFound(run_id)


def _features(
    run_id: str, steps: Sequence[Step], indices: Indices
) -> Iterator[tuple[Step, Floats]]:
    """At each step of which the weights were kept."""
    splits = _splits(experiment_of(run_id))
    images = splits.x_test[indices].astype(np.float32) / np.float32(splits.info.scale)
    for step in steps:
        try:
            with network_at(run_id, step) as network:
                features = network.features(images)
        except RunNotFound:
            continue
        yield step, features


def _splits(experiment: Experiment) -> Splits:
    return splits_of(experiment.dataset.without_additions())
