"""One training from beginning, or from a checkpoint, to end."""

import warnings
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf

from nnlab.datasets import Splits
from nnlab.experiment import Experiment, batches
from nnlab.models.build import build_model
from nnlab.models.state import read_state, write_state
from nnlab.runs.records import Checkpoint, Reporter, Signal
from nnlab.training.callbacks.checkpoint import KeepCheckpoints
from nnlab.training.callbacks.control import Control
from nnlab.training.callbacks.divergence import StopWhenDiverged
from nnlab.training.callbacks.early_stopping import ResumableEarlyStopping
from nnlab.training.callbacks.live import LiveReport
from nnlab.training.callbacks.position import Position
from nnlab.training.chunks import ChunkedSteps
from nnlab.training.device import DeviceImages
from nnlab.training.endings import TrainingInterrupted

# "Batches" an epoch as `Model.fit` is told; the train function ends each epoch itself.
ENDLESS = 10**9
VALIDATION_BATCH = 1000


@dataclass(frozen=True)
class Fitted:
    """The model as it stands and where it stands; `signal` says what cut the training short."""

    model: keras.Model
    checkpoint: Checkpoint
    signal: Signal | None = None


def fit(
    experiment: Experiment,
    splits: Splits,
    reporter: Reporter,
    resumed: Checkpoint | None = None,
) -> Fitted:
    """Train with `Model.fit` until the last epoch, early stopping, or a request to leave.

    Args:
        experiment: what to train, already checked against the data set.
        splits: its images.
        reporter: hears of points, epochs and checkpoints, and is asked for requests.
        resumed: go on from here; the result is the same as without the break.

    Raises:
        TrainingDiverged: the loss is no longer a finite number.
    """
    data = DeviceImages.of(splits.x_train, splits.y_train, splits.info.scale)
    model = _model(experiment, splits, len(data))
    steps = ChunkedSteps(model, data, experiment.training)
    if resumed:
        write_state(model, resumed.state)
    live = LiveReport(steps, reporter)
    live.history.extend(resumed.history if resumed else ())
    callbacks = _callbacks(experiment, steps, live, reporter, resumed)
    steps.install()
    signal = _run(model, experiment, splits, callbacks, resumed.epoch if resumed else 0)
    return Fitted(model, _checkpoint(model, live, steps.step if signal else 0), signal)


def _model(experiment: Experiment, splits: Splits, n_images: int) -> keras.Sequential:
    info, counted = splits.info, batches(experiment.training, n_images)
    return build_model(experiment, info.input_shape, len(info.classes), counted.steps_per_epoch)


def _callbacks(
    experiment: Experiment,
    steps: ChunkedSteps,
    live: LiveReport,
    reporter: Reporter,
    resumed: Checkpoint | None,
) -> list[keras.callbacks.Callback]:
    early = experiment.training.early_stopping
    callbacks = [
        Position(steps, resumed),
        StopWhenDiverged(steps),
        live,
        KeepCheckpoints(reporter, live, early),
        Control(reporter),
    ]
    if early:
        callbacks.insert(0, ResumableEarlyStopping(early, resumed.history if resumed else ()))
    return callbacks


def _run(
    model: keras.Model,
    experiment: Experiment,
    splits: Splits,
    callbacks: list[keras.callbacks.Callback],
    initial_epoch: int,
) -> Signal | None:
    """`Model.fit` itself; returns the signal that ended it early, or None."""
    try:
        with warnings.catch_warnings():
            # Keras warns that data "ran out" at the end of each epoch; here that is the plan.
            warnings.filterwarnings("ignore", message=".*ran out of data.*")
            model.fit(
                tf.data.Dataset.range(ENDLESS),
                epochs=experiment.training.epochs,
                initial_epoch=initial_epoch,
                validation_data=_validation(splits),
                validation_batch_size=VALIDATION_BATCH,
                callbacks=callbacks,
                shuffle=False,  # the order is ours, see `epoch_order`
                verbose=0,
            )
    except TrainingInterrupted as interruption:
        return interruption.signal
    return None


def _validation(splits: Splits) -> tuple[np.ndarray, np.ndarray] | None:
    if not len(splits.x_validation):
        return None
    images = splits.x_validation[..., np.newaxis].astype(np.float32) / splits.info.scale
    return images, splits.y_validation.astype(np.int32)


def _checkpoint(model: keras.Model, live: LiveReport, step: int) -> Checkpoint:
    return Checkpoint(len(live.history), step, read_state(model), tuple(live.history))
