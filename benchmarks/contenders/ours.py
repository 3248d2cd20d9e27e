"""Our engine as a worker runs it."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import numpy as np

from benchmarks.images import training_images
from benchmarks.networks import NETWORKS
from nnlab import settings
from nnlab.datasets import Splits, info
from nnlab.runs.feed import Feed
from nnlab.runs.files import RunFiles
from nnlab.runs.records import EpochRecord
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.training.warm_up import warm_up
from nnlab.work.reporter import StoreReporter
from nnlab.work.slots import is_large


class Nobody:
    """A reporter that notes when each epoch began and ended, and nothing else."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def point(self, point: object) -> None: ...

    def epoch(self, record) -> None:
        self.seconds.append(record.seconds)

    def moment(self, moment: object) -> None: ...

    def checkpoint(self, checkpoint: object, *, best: bool = False) -> None: ...

    def requested(self) -> None: ...


def all_images() -> Splits:
    images, labels = training_images()
    none = (images[:0], labels[:0])
    return Splits(info("mnist"), images, labels, *none, images[:100], np.asarray(labels[:100]))


def prepare(network: str) -> Callable[[], float]:
    """Without anyone to report to."""
    return _prepared(network, lambda: nullcontext(Nobody()))


def prepare_reporting(network: str) -> Callable[[], float]:
    """With all that a page lives on: points, epochs, checkpoints, and the question for Stop."""
    folder = tempfile.mkdtemp()
    os.environ["NNLAB_HOME"] = folder
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = RunStore(settings.database_url())

    def reporter() -> StoreReporter:
        run_id = store.create(NETWORKS[network], "benchmark", "benchmark")
        store.move(run_id, RunState.RUNNING)
        return _Timed(store, RunFiles(run_id), run_id, Feed(run_id, "benchmark"))

    return _prepared(network, reporter)


def prepare_steps_alone(network: str) -> Callable[[], None]:
    """The compiled steps in a bare loop: what `Model.fit` and its callbacks cost beside them."""
    warm_up_for(network)
    from nnlab.training.chunks import ChunkedSteps
    from nnlab.training.compiled import CompiledNetwork
    from nnlab.training.kept import Kept

    experiment, splits = NETWORKS[network], all_images()
    compiled = CompiledNetwork(experiment, splits)
    steps = ChunkedSteps(compiled, experiment.training, Kept.of(experiment, splits))

    def epoch() -> None:
        steps.begin_epoch(0)
        while steps.step < steps.steps_per_epoch:
            steps(None)

    return epoch


def warm_up_for(network: str) -> None:
    """With the threads of the worker that would train it."""
    threads = settings.large_worker_threads() if is_large(NETWORKS[network]) else 1
    os.environ["NNLAB_WORKER_THREADS"] = str(max(1, threads))
    warm_up()


class _Timed(StoreReporter):
    """Notes the epochs' seconds as well."""

    def epoch(self, record: EpochRecord) -> None:
        self.seconds = [record.seconds]
        super().epoch(record)


def _prepared(network: str, reporter_of: Callable[[], Any]) -> Callable[[], float]:
    warm_up_for(network)
    from nnlab.training.fit import fit
    from nnlab.training.workshop import compiled_network

    experiment = NETWORKS[network]
    splits = all_images()

    def epoch() -> float:
        """The epoch's own seconds: the network is traced before it begins."""
        with reporter_of() as reporter, compiled_network(experiment, splits) as compiled:
            fit(experiment, splits, reporter, compiled=compiled)
        return reporter.seconds[0]

    return epoch
