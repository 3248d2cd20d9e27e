"""A visitor's task and work on it, kept in the store through reloads and restarts.

The visitor's own experiment is another draft, which no task touches.
"""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from nnlab.experiment import Assignment, Experiment, InvalidExperiment, parse_experiment
from nnlab.ui.resources import engine

_CURRENT = "task"


@dataclass(frozen=True)
class Task:
    """What a visitor is to do, where it is from ("link:CODE" or "room:CODE"), and how far it is."""

    source: str
    assignment: Assignment
    experiment: Experiment


def keep_task(owner: str, task: Task) -> None:
    """Keep it as the one that the visitor is at."""
    value = {
        "assignment": task.assignment.model_dump(mode="json"),
        "experiment": task.experiment.model_dump(mode="json"),
    }
    engine().drafts.put(owner, _work(task.source), value)
    engine().drafts.put(owner, _CURRENT, task.source)


def kept_task(owner: str) -> Task | None:
    """The one that the visitor is at, None when there is none."""
    source = engine().drafts.get(owner, _CURRENT)
    return None if source is None else _read(owner, source)


def begun_task(owner: str, assignment: Assignment, source: str) -> Task:
    """The task as the visitor left it, or from its beginning."""
    kept = _read(owner, source)
    if kept is not None and kept.assignment == assignment:
        return kept
    return Task(source, assignment, assignment.experiment)


def leave_kept_task(owner: str) -> None:
    """The visitor is at none any more; the work on it stays, should it be taken up again."""
    engine().drafts.drop(owner, _CURRENT)


def _work(source: str) -> str:
    return f"task:{source}"


def _read(owner: str, source: str) -> Task | None:
    kept = engine().drafts.get(owner, _work(source))
    try:
        return None if kept is None else _parsed(source, kept)
    except (InvalidExperiment, ValidationError, KeyError, TypeError):
        return None  # written by another version


def _parsed(source: str, kept: Any) -> Task:
    assignment = Assignment.model_validate(kept["assignment"])
    experiment = parse_experiment(kept["experiment"])
    try:
        assignment.check(experiment)
    except InvalidExperiment:
        experiment = assignment.experiment
    return Task(source, assignment, experiment)
