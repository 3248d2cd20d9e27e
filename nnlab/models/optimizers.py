"""Optimizer and schedule settings as Keras objects."""

import keras

from nnlab.experiment import (
    CosineDecay,
    ExponentialDecay,
    Schedule,
    StepDecay,
    Training,
)
from nnlab.models.fused import FusedAdam, FusedAdamW, FusedRMSprop, FusedSGD

# The class of each optimizer by the name that the experiment gives it: Keras's own, or Keras's
# own with a faster update.
_OPTIMIZERS: dict[str, type[keras.optimizers.Optimizer]] = {
    "SGD": FusedSGD,
    "Adam": FusedAdam,
    "AdamW": FusedAdamW,
    "RMSprop": FusedRMSprop,
    "Adagrad": keras.optimizers.Adagrad,
    "Nadam": keras.optimizers.Nadam,
}


def build_optimizer(training: Training, steps_per_epoch: int) -> keras.optimizers.Optimizer:
    """The Keras optimizer that `training` describes.

    Args:
        training: optimizer, schedule and epochs.
        steps_per_epoch: batches an epoch, at least 1.
    """
    options = training.optimizer.model_dump(exclude={"type", "learning_rate"})
    rate = learning_rate(
        training.optimizer.learning_rate, training.schedule, training.epochs, steps_per_epoch
    )
    return _OPTIMIZERS[training.optimizer.type](learning_rate=rate, **options)


def learning_rate(
    start: float, schedule: Schedule, epochs: int, steps_per_epoch: int
) -> float | keras.optimizers.schedules.LearningRateSchedule:
    """The learning rate as a number, or as Keras's schedule over optimizer steps."""
    schedules = keras.optimizers.schedules
    if isinstance(schedule, CosineDecay):
        return schedules.CosineDecay(start, epochs * steps_per_epoch, alpha=schedule.alpha)
    if isinstance(schedule, ExponentialDecay):
        return schedules.ExponentialDecay(start, steps_per_epoch, schedule.decay_rate)
    if isinstance(schedule, StepDecay):
        drops = range(schedule.every_epochs, epochs, schedule.every_epochs)
        if not drops:
            return start
        # Keras keeps a value up to and including its boundary, hence the -1.
        return schedules.PiecewiseConstantDecay(
            [epoch * steps_per_epoch - 1 for epoch in drops],
            [start * schedule.factor**k for k in range(len(drops) + 1)],
        )
    return start
