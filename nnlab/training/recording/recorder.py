"""What a run's recording needs from one turn to the next."""

from typing import Self

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from nnlab import settings
from nnlab.check import describe
from nnlab.datasets import Splits
from nnlab.experiment import Experiment, batches
from nnlab.runs.moments import evenly
from nnlab.training.compiled import CompiledNetwork
from nnlab.training.device import DeviceImages
from nnlab.training.recording.plan import SAMPLE, Plan, Size, plan


class Recorder:
    """The plan, the test images to be answered and the sample of training images.

    Attributes:
        plan: what is recorded, and when.
        indices: int32 (n,), which of the test images are answered.
        y_true: int16 (n,), their classes; or float32 (n,), their targets.
        sample: training images float32 (s, H, W, 1) in [0, 1], evenly spaced, and labels (s,).
    """

    def __init__(self, recorded: Plan, splits: Splits) -> None:
        self.plan = recorded
        self._tested = DeviceImages.part(splits, "test", recorded.predicted)
        chosen = evenly(len(self._tested), len(splits.y_test))
        self.indices = chosen.astype(np.int32)
        labels = self._tested.labels.numpy()
        self.y_true = labels if splits.info.regression else labels.astype(np.int16)
        self._kept_as = np.float32 if splits.info.regression else np.float16
        sample = DeviceImages.part(splits, "train", min(SAMPLE, len(splits.y_train)))
        self.sample: tuple[tf.Tensor, tf.Tensor] = sample.slice(0, len(sample))

    @classmethod
    def of(cls, experiment: Experiment, splits: Splits) -> Self | None:
        """For a run that begins; None where there is no room to record anything."""
        counted = batches(experiment.training, len(splits.y_train))
        size = Size(
            epochs=experiment.training.epochs,
            steps_per_epoch=counted.steps_per_epoch,
            images=counted.images_before(counted.steps_per_epoch),
            tested=len(splits.y_test),
            outputs=splits.info.outputs,
            parameters=describe(experiment).parameters,
        )
        recorded = plan(size, settings.recorded_bytes())
        return cls(recorded, splits) if recorded.steps else None

    def probabilities(self, compiled: CompiledNetwork) -> NDArray[np.floating]:
        """What `compiled` answers now to the test images that are recorded, (n, outputs).

        Probabilities are kept in half precision, numbers that were learned are not.
        """
        return compiled.probabilities(self._tested).astype(self._kept_as)
