"""One training from beginning, or from a checkpoint, to end."""

import warnings
from dataclasses import dataclass

import keras
import tensorflow as tf

from nnlab.datasets import Splits
from nnlab.experiment import Experiment, batches, changes_before, edits_at, in_force
from nnlab.models.edits import write_edits
from nnlab.models.state import read_state, write_state
from nnlab.runs.records import Checkpoint, Reporter, Request
from nnlab.training.callbacks.checkpoint import KeepCheckpoints
from nnlab.training.callbacks.control import Control
from nnlab.training.callbacks.divergence import StopWhenDiverged
from nnlab.training.callbacks.early_stopping import ResumableEarlyStopping
from nnlab.training.callbacks.frames import TakeFrames
from nnlab.training.callbacks.live import LiveReport
from nnlab.training.callbacks.position import Position
from nnlab.training.callbacks.record import RecordMoments
from nnlab.training.callbacks.steer import Steer
from nnlab.training.chunks import ChunkedSteps
from nnlab.training.compiled import CompiledNetwork
from nnlab.training.device import DeviceImages
from nnlab.training.endings import TrainingInterrupted
from nnlab.training.feed import ENDLESS
from nnlab.training.kept import Kept
from nnlab.training.validation import ValidationPass

# The run is trained further, here or elsewhere.
_GOES_ON: tuple[Request, ...] = ("turn", "change", "leave", "lost")


@dataclass(frozen=True)
class Fitted:
    """The network as it stands and where it stands; `signal` says what cut the training short."""

    compiled: CompiledNetwork
    checkpoint: Checkpoint
    signal: Request | None = None

    @property
    def model(self) -> keras.Sequential:
        """The Keras model."""
        return self.compiled.model


def fit(
    experiment: Experiment,
    splits: Splits,
    reporter: Reporter,
    resumed: Checkpoint | None = None,
    compiled: CompiledNetwork | None = None,
    kept: Kept | None = None,
) -> Fitted:
    """Train with `Model.fit` until the last epoch, early stopping, or a request to leave.

    It is left with "change" where settings change, too: who goes on from there does so with
    the network of the settings that are then in force.

    Args:
        experiment: what to train, already checked against the data set.
        splits: its images.
        reporter: hears of points, epochs and checkpoints, and is asked for requests.
        resumed: go on from here; the result is the same as without the break.
        compiled: a network of the structure that is in force, as it begins where nothing is
            resumed; None builds one.
        kept: from the turn before, for a run that trains a turn at a time.

    Raises:
        TrainingDiverged: the loss is no longer a finite number.
    """
    current = settings_at(experiment, splits, resumed)
    compiled = compiled or CompiledNetwork(current, splits)
    kept = kept or Kept.of(experiment, splits)
    if kept.frames and not resumed:
        kept.frames.take(compiled.model, 0, 0.0)  # before anything is traced
    steps = ChunkedSteps(compiled, experiment.training, kept)
    if resumed:
        write_state(compiled.model, resumed.state)
    compiled.set_dials(current)
    live = LiveReport(steps, reporter, resumed)
    callbacks = _callbacks(experiment, steps, live, reporter, resumed)
    if kept.recorder:
        recording = RecordMoments(kept.recorder, compiled, steps, reporter, resumed)
        callbacks.insert(-1, recording)  # behind it come `Steer` and `Control`
    pictures = None
    if kept.frames:
        pictures = TakeFrames(kept.frames, steps, live, resumed.epoch if resumed else 0)
        callbacks.insert(-1, pictures)
    changes = experiment.training.changes
    callbacks.insert(-1, Steer(reporter, steps, kept.helm, changes, pictures))
    steps.install()
    validation = _validation(compiled, splits)
    signal = _run(compiled, experiment, validation, callbacks, resumed)
    if signal == "stop":  # what was edited just before is part of what is kept
        at = len(live.history) * steps.steps_per_epoch + steps.step
        write_edits(compiled.model, edits_at(changes, at))
    if kept.frames and pictures and signal not in _GOES_ON:
        pictures.take()
        kept.frames.wait()  # whoever hears that the run rests finds it
    return Fitted(compiled, _checkpoint(compiled.model, live, steps.step if signal else 0), signal)


def settings_at(experiment: Experiment, splits: Splits, resumed: Checkpoint | None) -> Experiment:
    """What `experiment` is by its changes when it is taken up at a checkpoint, or begins."""
    steps = batches(experiment.training, len(splits.y_train)).steps_per_epoch
    at = changes_before(resumed.epoch, resumed.step, steps) if resumed else 0
    return in_force(experiment, at)


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
        Control(reporter, steps),
    ]
    if early:
        callbacks.insert(0, ResumableEarlyStopping(early, resumed.history if resumed else ()))
    return callbacks


def _run(
    compiled: CompiledNetwork,
    experiment: Experiment,
    validation: tf.data.Dataset | None,
    callbacks: list[keras.callbacks.Callback],
    resumed: Checkpoint | None,
) -> Request | None:
    """`Model.fit` itself; returns the signal that ended it early, or None."""
    try:
        with warnings.catch_warnings():
            # Keras warns that data "ran out" at the end of each epoch; here that is the plan.
            warnings.filterwarnings("ignore", message=".*ran out of data.*")
            compiled.model.fit(
                tf.data.Dataset.range(ENDLESS),  # the train function ends each epoch itself
                epochs=experiment.training.epochs,
                initial_epoch=resumed.epoch if resumed else 0,
                validation_data=validation,
                callbacks=callbacks,
                shuffle=False,  # the order is ours, see `epoch_order`
                verbose=0,
            )
    except TrainingInterrupted as interruption:
        return interruption.signal
    finally:
        compiled.release()
    return None


def _validation(compiled: CompiledNetwork, splits: Splits) -> tf.data.Dataset | None:
    """What `Model.fit` is told; the images themselves are with `ValidationPass`."""
    if not len(splits.x_validation):
        return None
    ValidationPass(compiled, DeviceImages.part(splits, "validation")).install()
    return tf.data.Dataset.range(ENDLESS)


def _checkpoint(model: keras.Model, live: LiveReport, step: int) -> Checkpoint:
    seconds = live.seconds if step else 0.0
    return Checkpoint(len(live.history), step, read_state(model), tuple(live.history), seconds)
