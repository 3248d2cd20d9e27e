"""How the training images fall into steps, passes and epochs: arithmetic for all who count."""

import math
from dataclasses import dataclass

from nnlab.experiment.training import Training


@dataclass(frozen=True)
class Batches:
    """The steps of a training.

    A pass goes over all images once, its last batch possibly smaller. An epoch is as many steps
    as were asked for, a whole pass if none were; the steps go on from pass to pass whatever
    the epochs, as those of a repeated `tf.data.Dataset` do.

    Attributes:
        n_images: images of the training part.
        batch_size: images of a whole batch.
        steps_per_epoch: optimizer steps between two records.
        epochs: how many records the training has.
    """

    n_images: int
    batch_size: int
    steps_per_epoch: int
    epochs: int

    @property
    def steps_per_pass(self) -> int:
        """The last, possibly smaller batch included."""
        return math.ceil(self.n_images / self.batch_size)

    @property
    def steps(self) -> int:
        """Of the whole training."""
        return self.epochs * self.steps_per_epoch

    @property
    def passes(self) -> float:
        """How often the whole training sees each image."""
        return self.images_before(self.steps) / self.n_images

    def images_before(self, step: int) -> int:
        """How many images the first `step` steps of the training hold, repetitions counted."""
        passes, rest = divmod(step, self.steps_per_pass)
        return passes * self.n_images + rest * self.batch_size


def batches(training: Training, n_images: int) -> Batches:
    """What `training` comes to on a training part of `n_images`."""
    size = n_images if training.batch_size == "full" else training.batch_size
    steps = training.steps_per_epoch or math.ceil(n_images / size)
    return Batches(n_images, size, steps, training.epochs)
