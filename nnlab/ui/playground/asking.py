"""What the Playground asks of the engine; one picture of a network is asked for once."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from nnlab.experiment import Experiment
from nnlab.experiment.changes import Change
from nnlab.runs.frames import Frame
from nnlab.ui.resources import engine


def untrained(experiment: Experiment, edits: Sequence[Change]) -> Frame:
    """The network with its start weights, some of them set by hand.

    Raises:
        WorkersNotReady: no worker can answer yet.
    """
    return _untrained(experiment, tuple(edits))


# Some 40 kilobytes each, all of them.
@st.cache_resource(
    show_spinner=False,
    max_entries=200,
    hash_funcs={Experiment: Experiment.model_dump_json, Change: Change.model_dump_json},
)
def _untrained(experiment: Experiment, edits: tuple[Change, ...]) -> Frame:
    return _steered().untrained_frame(experiment, edits)


def of_run(
    run_id: str, moment: int | None, reached: int, owner: str, edits: Sequence[Change]
) -> Frame:
    """The network of a run that does not train just now.

    Args:
        run_id: the run.
        moment: step of a recorded moment; None for the network as the run was left.
        reached: the step that it was left at.
        owner: who asks.
        edits: weights that are set by hand, for this picture only.

    Raises:
        RunNotFound: no such run of this owner, or no network of that moment.
        WorkersNotReady: no worker can answer yet.
    """
    return _of_run(run_id, moment, reached, owner, tuple(edits))


@st.cache_resource(show_spinner=False, max_entries=200, hash_funcs={Change: Change.model_dump_json})
def _of_run(
    run_id: str, moment: int | None, reached: int, owner: str, edits: tuple[Change, ...]
) -> Frame:
    del reached  # part of the key: a paused run may go on
    return _steered().plane_frame(run_id, moment, owner, edits)


def change(run_id: str, owner: str, changes: Sequence[Change]) -> None:
    """Make changes part of a run, from its next step on.

    Raises:
        RunNotFound: no such run of this owner.
        InvalidExperiment: a value that is not allowed.
    """
    _steered().change(run_id, owner, changes)


def step(run_id: str, owner: str, steps: int) -> None:
    """Let a paused run make so many steps.

    Raises:
        RunNotFound: no such run of this owner.
    """
    _steered().step(run_id, owner, steps)


def steer(run_id: str, owner: str, speed: float | None) -> None:
    """Hold a run back to so many epochs a second; None for not at all.

    Raises:
        RunNotFound: no such run of this owner.
    """
    _steered().steer(run_id, owner, speed)


def _steered() -> Any:
    return engine()
