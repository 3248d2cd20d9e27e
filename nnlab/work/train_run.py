"""The task that trains a run on a worker, a turn at a time where others share it."""

import dataclasses
import logging
from typing import TYPE_CHECKING, Literal

import nnlab
from nnlab import settings
from nnlab.check import check
from nnlab.datasets import Splits
from nnlab.experiment import Experiment, batches, edits_at
from nnlab.runs.feed import Feed
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.leases import Leases
from nnlab.runs.moments import Moments
from nnlab.runs.records import Checkpoint, Request
from nnlab.runs.run import Run, RunNotFound, utc_now
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.work.failures import divergence_message, failure_message
from nnlab.work.lineage import StartNotFound, start_weights
from nnlab.work.live_frames import live_frames
from nnlab.work.reporter import StoreReporter
from nnlab.work.sharing import Claim, claim
from nnlab.work.tasks import splits_of, worker_store
from nnlab.work.warm import ensure_warm

if TYPE_CHECKING:
    from nnlab.training.compiled import CompiledNetwork
    from nnlab.training.fit import Fitted
    from nnlab.training.helm import Helm

logger = logging.getLogger(__name__)

LEFT: Literal["left"] = "left"
_LEAVES: tuple[Request, ...] = ("pause", "leave", "lost")


def train_run(run_id: str) -> Literal["left"] | None:
    """Train a run from its last checkpoint, or its beginning, and leave it in its end state.

    Called again by the scheduler when the worker that had it died.

    Returns:
        `LEFT` where the run was asked to go on elsewhere: its checkpoint is written, and it
        waits to be handed out again.
    """
    store = worker_store(settings.database_url())
    try:
        run = store.get(run_id)
    except RunNotFound:
        return None
    if not run.active:
        return None
    with claim(run, Leases(store.engine)) as claimed:
        return _Training(run, store, claimed).carry_out()


class _Training:
    """One attempt at a run, by the worker that has claimed it."""

    def __init__(self, run: Run, store: RunStore, claimed: Claim) -> None:
        self.run = run
        self.store = store
        self.claim = claimed
        self.files = RunFiles(run.id)
        self._steps_per_epoch = 1

    def carry_out(self) -> Literal["left"] | None:
        """Train, and tell in the store how it ended."""
        from nnlab.training.endings import TrainingDiverged

        ensure_warm()
        try:
            return self._train()
        except TrainingDiverged as error:
            self._move(RunState.DIVERGED, message=divergence_message(error, self.run.experiment))
        except Exception as error:
            logger.exception("a run failed")
            self._move(RunState.FAILED, message=failure_message(error))
        return None

    def _train(self) -> Literal["left"] | None:
        from nnlab.training.workshop import in_hand

        experiment = self.run.experiment
        check(experiment)
        resumed = self.files.read_checkpoint()
        stopping = self.run.requested == "stop"
        if stopping and resumed is None:
            self._move(RunState.STOPPED, message="Stopped before its first epoch.")
            return None
        splits = splits_of(experiment.dataset)
        with in_hand(experiment, splits):
            if stopping and resumed is not None:
                self._finish_early(splits, resumed)
                return None
            return self._train_on(splits, resumed)

    def _train_on(self, splits: Splits, resumed: Checkpoint | None) -> Literal["left"] | None:
        """Turn after turn, until the run ends or leaves."""
        from nnlab.training.fit import fit, settings_at
        from nnlab.training.helm import Helm
        from nnlab.training.kept import Kept
        from nnlab.training.workshop import compiled_network

        experiment, checkpoint = self.run.experiment, resumed
        start = start_weights(experiment, self.run.owner, self.store) if not resumed else None
        helm = Helm(self.claim.course, self.claim.seat.others_wait)
        kept = Kept.of(experiment, splits, records=True, helm=helm)
        feed = Feed(self.run.id, self.run.owner)
        feed.add()
        if not self._begin(splits, resumed):
            return None
        asked = self.claim.requested
        with (
            live_frames(self.run, splits, self.claim.alone) as frames,
            StoreReporter(self.store, self.files, self.run.id, feed, asked) as reporter,
        ):
            kept = dataclasses.replace(kept, frames=frames)
            while True:
                fresh = checkpoint is None
                self._wait_for(helm)
                with self.claim.turn():
                    signal = asked()
                    if checkpoint is not None and signal in _LEAVES:
                        reporter.close()
                        return self._leave(signal, checkpoint)
                    experiment = self._with_changes(checkpoint)
                    current = settings_at(experiment, splits, checkpoint)
                    with compiled_network(current, splits, fresh=fresh) as compiled:
                        if fresh and start is not None:
                            _go_on_from(experiment, start, compiled)
                        fitted = fit(experiment, splits, reporter, checkpoint, compiled, kept)
                        if not self._goes_on(fitted):
                            reporter.close()
                            return self._end(splits, fitted)
                checkpoint = fitted.checkpoint

    def _goes_on(self, fitted: "Fitted") -> bool:
        """Whether this worker trains on: also where more steps were asked for just now."""
        if fitted.signal in ("turn", "change"):
            return True
        if fitted.signal != "pause" or self.claim.requested() in _LEAVES:
            return False
        until = self.claim.newest_course().until_step
        return until is not None and until > self._steps(fitted.checkpoint)

    def _wait_for(self, helm: "Helm") -> None:
        """A run that is to go slowly waits without holding others up."""
        while helm.left() and self.claim.requested() in (None, "turn"):
            if self.claim.course().changed:
                return
            helm.nap()

    def _with_changes(self, checkpoint: Checkpoint | None) -> Experiment:
        """The experiment, in which what was changed meanwhile takes effect where it stands now."""
        if self.claim.course().changed:
            changed = self.claim.settle(self._steps(checkpoint))
            if changed is not None:
                self.run = dataclasses.replace(self.run, experiment=changed)
        return self.run.experiment

    def _steps(self, checkpoint: Checkpoint | None) -> int:
        """Steps of the whole training that a checkpoint has done."""
        if checkpoint is None:
            return 0
        return checkpoint.epoch * self._steps_per_epoch + checkpoint.step

    def _count_steps(self, splits: Splits) -> int:
        counted = batches(self.run.experiment.training, len(splits.y_train))
        self._steps_per_epoch = counted.steps_per_epoch
        return counted.steps_per_epoch

    def _begin(self, splits: Splits, resumed: Checkpoint | None) -> bool:
        """Mark the run as running, and forget figures that its checkpoint does not know of.

        False for a run that was paused or stopped while this worker got ready.
        """
        steps = self._count_steps(splits)
        epoch, step = (resumed.epoch, resumed.step) if resumed else (0, 0)
        if not self._move(RunState.RUNNING, steps_per_epoch=steps, message=None):
            return False
        self.store.rewind(self.run.id, epoch, epoch * steps + step)
        Moments(self.run.id).forget_after(epoch * steps + step if resumed else -1)
        if resumed:
            self.store.add_epochs(self.run.id, resumed.history)
        return True

    def _end(self, splits: Splits, fitted: "Fitted") -> Literal["left"] | None:
        """What becomes of the run that has left `fit`."""
        if fitted.signal in _LEAVES:
            return self._leave(fitted.signal, fitted.checkpoint)
        if self.claim.holds():
            self._conclude(splits, fitted)
        return None

    def _leave(self, signal: Request | None, checkpoint: Checkpoint) -> Literal["left"] | None:
        """The run is not at its end: it pauses, goes on elsewhere, or is another worker's."""
        if signal == "lost" or not self.claim.holds():
            return None
        self.files.write_checkpoint(checkpoint)
        if signal == "leave":
            return LEFT
        if self.claim.requested() == "pause":
            self._move(RunState.PAUSED)
        elif not self.store.pause_at(self.run.id, self._steps(checkpoint)):
            return LEFT  # one more step was asked for just now
        if self.claim.holds():  # after it is paused: who asks for a change later does that
            self.claim.settle(self._steps(checkpoint))
        return None

    def _finish_early(self, splits: Splits, checkpoint: Checkpoint) -> None:
        """Stop was pressed while nothing was running: keep what the checkpoint holds."""
        from nnlab.models.edits import write_edits
        from nnlab.models.state import write_weights
        from nnlab.training.fit import Fitted, settings_at
        from nnlab.training.workshop import compiled_network

        self._count_steps(splits)
        experiment = self._with_changes(checkpoint)
        current = settings_at(experiment, splits, checkpoint)
        with self.claim.turn(), compiled_network(current, splits) as compiled:
            compiled.set_dials(current)
            write_weights(compiled.model, checkpoint.state)
            made = edits_at(experiment.training.changes, self._steps(checkpoint))
            write_edits(compiled.model, made)
            self._conclude(splits, Fitted(compiled, checkpoint, "stop"))

    def _conclude(self, splits: Splits, fitted: "Fitted") -> None:
        """Evaluate on the test images, write the files, the manifest last, and end the run."""
        from nnlab.models.state import read_weights
        from nnlab.training.evaluate import evaluate

        state = _end_state(fitted.signal)
        message = _restore_best(self.run.experiment, self.files, fitted)
        test = evaluate(fitted.compiled, splits)
        weights = read_weights(fitted.model)
        manifest = {
            "run": self.run.id,
            "version": nnlab.__version__,
            "experiment": self.run.experiment.model_dump(mode="json"),
            "state": str(state),
            "epochs": fitted.checkpoint.epoch,
            "test_loss": test.loss,
            "test_accuracy": test.accuracy,
            "test_mean_absolute_error": test.mean_absolute_error,
            "written_at": utc_now().isoformat(),
        }
        self.files.write_final(weights, Result(test.probabilities, splits.y_test), manifest)
        self._move(
            state,
            test_loss=test.loss,
            test_accuracy=test.accuracy,
            test_mean_absolute_error=test.mean_absolute_error,
            message=message,
        )

    def _move(self, state: RunState, **fields: object) -> bool:
        return self.claim.holds() and self.store.move(self.run.id, state, **fields)


def _end_state(signal: Request | None) -> RunState:
    return RunState.STOPPED if signal == "stop" else RunState.FINISHED


def _go_on_from(experiment: Experiment, start: dict, compiled: "CompiledNetwork") -> None:
    """Another run's weights in place of those that the seed draws."""
    from nnlab.models.state import begin_with

    try:
        begin_with(compiled.model, start)
    except ValueError:
        run_id = str(experiment.training.start_from)
        raise StartNotFound(run_id, "Its images have another size.") from None


def _restore_best(experiment: Experiment, files: RunFiles, fitted: "Fitted") -> str | None:
    """With early stopping, the weights of the best epoch; returns what to tell the user."""
    from nnlab.models.state import write_weights

    early = experiment.training.early_stopping
    best = files.read_checkpoint(best=True) if early and early.restore_best_weights else None
    if best is None or best.epoch == fitted.checkpoint.epoch:
        return None
    write_weights(fitted.model, best.state)
    return f"Early stopping: the weights are those of epoch {best.epoch}, the best one."
