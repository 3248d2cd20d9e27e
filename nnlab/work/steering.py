"""The one place where what somebody wants of a run in hand is found to be allowed."""

from collections.abc import Sequence

from nnlab.check import check
from nnlab.experiment import Change, InvalidExperiment, Problem, with_changes
from nnlab.runs.files import RunFiles
from nnlab.runs.run import Run
from nnlab.runs.states import ACTIVE, RESUMABLE, RunState

# Epochs a second.
SPEEDS = (0.01, 1_000.0)


def check_speed(speed: float | None) -> None:
    """Find that a run can go so fast.

    Raises:
        ValueError: with what is allowed.
    """
    low, high = SPEEDS
    if speed is not None and not low <= speed <= high:
        raise ValueError(f"speed must be from {low} to {high:,.0f} epochs a second (got {speed!r})")


def check_changes(run: Run, changes: Sequence[Change]) -> None:
    """Find that a run can make these changes at its next step.

    Raises:
        InvalidExperiment: the run has ended, a change does not fit it, or there are too many.
    """
    ended = run.state not in ACTIVE | RESUMABLE
    if ended or (run.steps is not None and run.step >= run.steps):
        text = "this run has made its last step; train anew to try other settings"
        raise InvalidExperiment([Problem("training.changes", text)])
    check(with_changes(run.experiment, [c.model_copy(update={"step": 0}) for c in changes]))


def stands_at(run: Run) -> int:
    """The step that a run which no worker has goes on from: of its checkpoint, if there is one."""
    if run.state == RunState.PAUSED:
        return run.step  # what a worker leaves is told to the end
    checkpoint = RunFiles(run.id).read_checkpoint()
    if checkpoint is None or run.steps_per_epoch is None:
        return 0
    return checkpoint.epoch * run.steps_per_epoch + checkpoint.step
