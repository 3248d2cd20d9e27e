"""The one place where what somebody wants of a run in hand is found to be allowed."""

from collections.abc import Sequence

from nnlab.check import check
from nnlab.experiment import Change, InvalidExperiment, Problem, with_changes
from nnlab.runs.run import Run
from nnlab.runs.states import ACTIVE, RESUMABLE

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
    if run.state not in ACTIVE | RESUMABLE:
        text = "this run has ended and learns no more; train anew to try other settings"
        raise InvalidExperiment([Problem("training.changes", text)])
    check(with_changes(run.experiment, [c.model_copy(update={"step": 0}) for c in changes]))
