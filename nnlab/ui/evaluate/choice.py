"""Which run is evaluated, or how to come by one."""

from nnlab.runs.moments import Moments
from nnlab.runs.run import Run
from nnlab.ui.nothing_yet import nothing_yet
from nnlab.ui.run_choice import choose_run
from nnlab.ui.state import State


def choose_evaluated(state: State) -> Run | None:
    """A select box of the runs there is something of; None, and a way on, where there is none."""
    run = choose_run(state, only=_shown)
    if run is None:
        nothing_yet(
            "Nothing to evaluate yet",
            "Train a network first: its answers on the test images are shown here, while it learns"
            " and when it has ended. Five epochs on MNIST take a few seconds.",
        )
    return run


def _shown(run: Run) -> bool:
    """Tested, under way, or left with moments recorded.

    One that was stopped before its first step is complete, but has no network.
    """
    return run.complete or run.active or bool(Moments(run.id).steps())
