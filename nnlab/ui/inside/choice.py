"""Which run is looked into, or how to come by one."""

from nnlab.runs.moments import Moments
from nnlab.runs.run import Run
from nnlab.ui.nothing_yet import nothing_yet
from nnlab.ui.run_choice import choose_run
from nnlab.ui.state import State


def choose_inside(state: State) -> Run | None:
    """A select box of the runs with a network; None, and a way on, where there is none."""
    run = choose_run(state, only=lambda run: _can_be_looked_into(state, run))
    if run is None:
        nothing_yet(
            "No network to look into yet",
            "Train a network first: from its first moment on you can watch here what its weights"
            " become, and follow an image through its layers.",
        )
    return run


def _can_be_looked_into(state: State, run: Run) -> bool:
    """A run under way, or broken off, can be seen at the moments recorded so far.

    One that was begun just now is waited for.
    """
    awaited = run.active and run.id == state.run_id
    return run.complete or awaited or bool(Moments(run.id).steps())
