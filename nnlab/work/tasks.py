"""What workers run. TensorFlow is loaded when a task is, never when this module is imported."""

import functools
import importlib
import logging
import threading
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

import nnlab
from nnlab import settings
from nnlab.check import check
from nnlab.curriculum import LESSONS
from nnlab.datasets import Splits, load_splits
from nnlab.experiment import Dataset, Experiment, batches
from nnlab.runs.feed import Feed
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.records import Checkpoint
from nnlab.runs.run import Run, RunNotFound, utc_now
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.work.failures import divergence_message, failure_message
from nnlab.work.lineage import StartNotFound, start_weights
from nnlab.work.reporter import StoreReporter
from nnlab.work.warm import ensure_warm

if TYPE_CHECKING:
    from nnlab.models.trained import TrainedNetwork
    from nnlab.training.compiled import CompiledNetwork
    from nnlab.training.fit import Fitted

logger = logging.getLogger(__name__)

KEPT_MODELS = 8
KEPT_SPLITS = 3
# A lesson's compiled loops move variables that outlive a call; a worker has two threads.
_lesson_locks = {lesson: threading.Lock() for lesson in LESSONS}


def train_run(run_id: str) -> None:
    """Train a run from its last checkpoint, or its beginning, and leave it in its end state.

    Called again by the scheduler when the worker that had it died.
    """
    store, files = _store(settings.database_url()), RunFiles(run_id)
    try:
        run = store.get(run_id)
    except RunNotFound:
        return
    if not run.active:
        return
    try:
        _train(run, store, files)
    except Exception as error:
        logger.exception("run %s failed", run_id)
        store.move(run_id, RunState.FAILED, message=failure_message(error))


def _train(run: Run, store: RunStore, files: RunFiles) -> None:
    ensure_warm()
    from nnlab.training.endings import TrainingDiverged
    from nnlab.training.workshop import compiled_network

    check(run.experiment)
    splits = splits_of(run.experiment.dataset)
    resumed = files.read_checkpoint()
    stopping = run.requested == "stop"
    if stopping and resumed is None:
        store.move(run.id, RunState.STOPPED, message="Stopped before its first epoch.")
        return
    try:
        with compiled_network(run.experiment, splits) as compiled:
            if stopping and resumed is not None:
                _finish_early(run, store, files, splits, resumed, compiled)
            else:
                _train_on(run, store, files, splits, resumed, compiled)
    except TrainingDiverged as error:
        message = divergence_message(error, run.experiment)
        store.move(run.id, RunState.DIVERGED, message=message)


def _train_on(
    run: Run,
    store: RunStore,
    files: RunFiles,
    splits: Splits,
    resumed: Checkpoint | None,
    compiled: "CompiledNetwork",
) -> None:
    from nnlab.training.fit import fit

    if resumed is None:
        _go_on_from(run, store, compiled)
    _begin(run, store, splits, resumed)
    feed = Feed(run.id, run.owner)
    feed.add()
    with StoreReporter(store, files, run.id, feed) as reporter:
        fitted = fit(run.experiment, splits, reporter, resumed, compiled)
    if fitted.signal == "pause":
        files.write_checkpoint(fitted.checkpoint)
        store.move(run.id, RunState.PAUSED)
        return
    state = RunState.STOPPED if fitted.signal == "stop" else RunState.FINISHED
    _conclude(run, store, files, splits, fitted, state)


def _go_on_from(run: Run, store: RunStore, compiled: "CompiledNetwork") -> None:
    """Another run's weights in place of those that the seed draws, where that is asked for."""
    from nnlab.models.state import begin_with

    weights = start_weights(run.experiment, run.owner, store)
    if weights is None:
        return
    try:
        begin_with(compiled.model, weights)
    except ValueError:
        start = str(run.experiment.training.start_from)
        raise StartNotFound(start, "Its images have another size.") from None


def _begin(run: Run, store: RunStore, splits: Splits, resumed: Checkpoint | None) -> None:
    """Mark the run as running, and forget figures that its checkpoint does not know of."""
    steps = batches(run.experiment.training, len(splits.y_train)).steps_per_epoch
    epoch, step = (resumed.epoch, resumed.step) if resumed else (0, 0)
    store.rewind(run.id, epoch, epoch * steps + step)
    if resumed:
        store.add_epochs(run.id, resumed.history)
    store.move(run.id, RunState.RUNNING, steps_per_epoch=steps, message=None)


def _finish_early(
    run: Run,
    store: RunStore,
    files: RunFiles,
    splits: Splits,
    checkpoint: Checkpoint,
    compiled: "CompiledNetwork",
) -> None:
    """Stop was pressed while nothing was running: keep what the checkpoint holds."""
    from nnlab.models.state import write_weights
    from nnlab.training.fit import Fitted

    write_weights(compiled.model, checkpoint.state)
    _conclude(run, store, files, splits, Fitted(compiled, checkpoint, "stop"), RunState.STOPPED)


def _conclude(
    run: Run,
    store: RunStore,
    files: RunFiles,
    splits: Splits,
    fitted: "Fitted",
    state: RunState,
) -> None:
    """Evaluate on the test images, write the files, the manifest last, and end the run."""
    from nnlab.models.state import read_state
    from nnlab.training.evaluate import evaluate

    message = _restore_best(run.experiment, files, fitted)
    test = evaluate(fitted.compiled, splits)
    weights = {k: v for k, v in read_state(fitted.model).items() if k.startswith("model.")}
    manifest = {
        "run": run.id,
        "version": nnlab.__version__,
        "experiment": run.experiment.model_dump(mode="json"),
        "state": str(state),
        "epochs": fitted.checkpoint.epoch,
        "test_loss": test.loss,
        "test_accuracy": test.accuracy,
        "written_at": utc_now().isoformat(),
    }
    files.write_final(weights, Result(test.probabilities, splits.y_test), manifest)
    store.move(run.id, state, test_loss=test.loss, test_accuracy=test.accuracy, message=message)


def _restore_best(experiment: Experiment, files: RunFiles, fitted: "Fitted") -> str | None:
    """With early stopping, the weights of the best epoch; returns what to tell the user."""
    from nnlab.models.state import write_weights

    early = experiment.training.early_stopping
    best = files.read_checkpoint(best=True) if early and early.restore_best_weights else None
    if best is None or best.epoch == fitted.checkpoint.epoch:
        return None
    write_weights(fitted.model, best.state)
    return f"Early stopping: the weights are those of epoch {best.epoch}, the best one."


def predict(run_id: str, images: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probabilities (n, classes) of a complete run's network for images (n, H, W) in [0, 1].

    Raises:
        RunNotFound: no such run, or it has no network.
    """
    ensure_warm()
    return trained_network(run_id).probabilities(images)


def run_lesson(lesson: str, function: str, arguments: dict[str, Any]) -> Any:
    """Call a function of `nnlab.lessons.<lesson>`, the TensorFlow that the lesson shows.

    Raises:
        KeyError: there is no such lesson.
    """
    ensure_warm()
    with _lesson_locks[lesson]:
        module = importlib.import_module(f"nnlab.lessons.{lesson}")
        return getattr(module, function)(**arguments)


@functools.lru_cache(maxsize=KEPT_MODELS)
def trained_network(run_id: str) -> "TrainedNetwork":
    """The network of a complete run, kept for the next question.

    Raises:
        RunNotFound: no such run, or it has no network.
    """
    from nnlab.datasets import info
    from nnlab.models.build import build_model
    from nnlab.models.state import write_weights
    from nnlab.models.trained import TrainedNetwork

    weights = RunFiles(run_id).read_weights()
    if weights is None:
        raise RunNotFound(run_id)
    experiment = experiment_of(run_id)
    dataset = info(experiment.dataset.name)
    model = build_model(experiment, dataset.input_shape, len(dataset.classes))
    write_weights(model, weights)
    return TrainedNetwork(model)


@functools.lru_cache(maxsize=KEPT_MODELS)
def experiment_of(run_id: str) -> Experiment:
    """What a run trained; it never changes, so the store is asked once."""
    return _store(settings.database_url()).get(run_id).experiment


@functools.lru_cache(maxsize=KEPT_SPLITS)
def splits_of(dataset: Dataset) -> Splits:
    """The images of `dataset`, kept from run to run: the same split is asked for again."""
    return load_splits(dataset)


@functools.lru_cache(maxsize=1)
def _store(url: str) -> RunStore:
    return RunStore(url)
