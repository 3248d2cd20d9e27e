"""What a teacher has put into the task form so far; kept through reloads and other tabs."""

from dataclasses import asdict, dataclass, field
from typing import Any

import streamlit as st

from nnlab.experiment import GOAL_LENGTH, Assignment, Experiment, InvalidExperiment, Problem
from nnlab.experiment.assignment import MOST_OPEN
from nnlab.ui.resources import engine
from nnlab.ui.share.names import open_choices

_KEY, _DRAFT = "nnlab_task_wish", "task-form"


@dataclass
class TaskWish:
    """The form's fields; `left` are the labels of what students may change."""

    owner: str
    everything: bool = False
    left: list[str] = field(default_factory=lambda: ["Learning rate"])
    hide: bool = False
    goal: str = ""

    def keep(self) -> None:
        """Write it down."""
        value = {name: v for name, v in asdict(self).items() if name != "owner"}
        engine().drafts.put(self.owner, _DRAFT, value)

    def assignment(self, experiment: Experiment) -> Assignment:
        """The task with `experiment`.

        Raises:
            InvalidExperiment: students could not train it, or too much is listed.
        """
        if experiment.needs_ones_own:
            message = "needs your own run, drawings, points or images, which students do not have"
            raise InvalidExperiment([Problem("experiment", message)])
        choices = open_choices(experiment)
        paths = tuple(path for label in self.left for path in choices.get(label, ()))
        if len(paths) > MOST_OPEN:
            message = f"at most {MOST_OPEN} settings can be listed; choose a wider one"
            raise InvalidExperiment([Problem("open", message)])
        return Assignment(
            experiment=experiment,
            open=None if self.everything else paths,
            hide=self.hide and not self.everything,
            goal=self.goal.strip()[:GOAL_LENGTH],
        )


def task_wish(owner: str) -> TaskWish:
    """The visitor's, as it was left."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _recalled(owner, engine().drafts.get(owner, _DRAFT))
    return st.session_state[_KEY]


def _recalled(owner: str, kept: Any) -> TaskWish:
    try:
        return TaskWish(owner, **(kept or {}))
    except TypeError:
        return TaskWish(owner)  # written by another version
