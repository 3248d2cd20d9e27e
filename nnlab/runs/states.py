"""The states of a run, and which may follow which."""

from enum import StrEnum


class RunState(StrEnum):
    """Where a run stands."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"
    DIVERGED = "diverged"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


ACTIVE = frozenset({RunState.QUEUED, RunState.RUNNING})
RESUMABLE = frozenset({RunState.PAUSED, RunState.INTERRUPTED, RunState.FAILED})
# A run in one of these has a network to look at.
COMPLETE = frozenset({RunState.FINISHED, RunState.STOPPED})

_FOLLOWERS: dict[RunState, frozenset[RunState]] = {
    RunState.QUEUED: frozenset(RunState) - {RunState.QUEUED, RunState.FINISHED},
    RunState.RUNNING: frozenset(RunState) - {RunState.QUEUED},
    RunState.PAUSED: frozenset({RunState.QUEUED, RunState.STOPPED, RunState.INTERRUPTED}),
    RunState.INTERRUPTED: frozenset({RunState.QUEUED, RunState.STOPPED, RunState.RUNNING}),
    RunState.FAILED: frozenset({RunState.QUEUED}),
    RunState.FINISHED: frozenset(),
    RunState.STOPPED: frozenset(),
    RunState.DIVERGED: frozenset(),
}


def may_follow(before: RunState, after: RunState) -> bool:
    """Whether a run may go from `before` to `after`."""
    return after in _FOLLOWERS[before]


def may_follow_any(state: RunState) -> bool:
    """Whether a run in this state may still go on."""
    return bool(_FOLLOWERS[state])
