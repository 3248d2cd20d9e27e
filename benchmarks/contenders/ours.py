"""Our engine as a worker runs it, without anyone to report to."""

from collections.abc import Callable

import numpy as np

from benchmarks.images import training_images
from benchmarks.networks import NETWORKS
from nnlab.datasets import Splits, info
from nnlab.training.warm_up import warm_up


class Nobody:
    """A reporter that notes when each epoch began and ended, and nothing else."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def point(self, point: object) -> None: ...

    def epoch(self, record) -> None:
        self.seconds.append(record.seconds)

    def checkpoint(self, checkpoint: object, *, best: bool = False) -> None: ...

    def requested(self) -> None: ...


def all_images() -> Splits:
    images, labels = training_images()
    none = (images[:0], labels[:0])
    return Splits(info("mnist"), images, labels, *none, images[:100], np.asarray(labels[:100]))


def prepare(network: str) -> Callable[[], float]:
    warm_up()
    from nnlab.training.fit import fit
    from nnlab.training.workshop import compiled_network

    experiment = NETWORKS[network]
    splits = all_images()

    def epoch() -> float:
        """The epoch's own seconds: the network is traced before it begins."""
        reporter = Nobody()
        with compiled_network(experiment, splits) as compiled:
            fit(experiment, splits, reporter, compiled=compiled)
        return reporter.seconds[0]

    return epoch
