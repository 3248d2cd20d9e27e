"""Everything slow that the first training would otherwise pay for."""

import os

import numpy as np

from nnlab import settings


def warm_up() -> None:
    """Import TensorFlow, limit it to this worker's threads, and trace one small training.

    One thread in most workers: small networks lose more by handing work around than they gain,
    and one worker a core lets as many runs go at full speed.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    import sklearn.model_selection  # noqa: F401 - draws the splits
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(settings.worker_threads())
    tf.config.threading.set_inter_op_parallelism_threads(1)

    from nnlab.datasets import Splits, info
    from nnlab.experiment import Dataset, Dense, Experiment, Flatten, Training
    from nnlab.training.evaluate import evaluate
    from nnlab.training.fit import fit
    from nnlab.training.kept import Kept

    images, labels = np.zeros((20, 8, 8), np.uint8), np.arange(20) % 10
    splits = Splits(info("digits"), images, labels, images, labels, images, labels)
    experiment = Experiment(
        dataset=Dataset(name="digits"),
        layers=(Flatten(), Dense(units=2)),
        training=Training(epochs=1, batch_size=10),
    )
    fitted = fit(experiment, splits, _Nobody(), kept=Kept.of(experiment, splits, records=True))
    evaluate(fitted.compiled, splits)


class _Nobody:
    """A reporter that hears nothing."""

    def point(self, point: object) -> None:
        """Not kept."""

    def epoch(self, record: object) -> None:
        """Not kept."""

    def moment(self, moment: object) -> None:
        """Not kept."""

    def checkpoint(self, checkpoint: object, *, best: bool = False) -> None:
        """Not kept."""

    def requested(self) -> None:
        """Nobody asks for anything."""
