"""What a visitor is doing: one typed object, the truth behind all widgets.

Streamlit forgets a widget's value when the page changes. Widgets are therefore drawn from this
object and write back into it, and it is kept in the run store, so that a reload, a crash or a
restart loses nothing.
"""

import itertools
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from nnlab.experiment import (
    Assignment,
    Experiment,
    InvalidExperiment,
    Layer,
    parse_experiment,
    with_settings,
)
from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.defaults import on_images_at_hand
from nnlab.ui.resources import engine
from nnlab.ui.task_draft import Task, begun_task, keep_task, kept_task, leave_kept_task
from nnlab.ui.visitor import visitor

_KEY = "nnlab_state"
_DRAFT = "experiment"
_fresh_ids = itertools.count(1)


@dataclass
class State:
    """One visitor's work.

    Attributes:
        owner: whose runs and drafts these are.
        experiment: what the forms show; within all bounds, though its layers may not fit yet.
        layer_ids: a lasting id for each layer, so that its widgets follow it when it moves.
        generation: counts up when the whole experiment is replaced; part of widget keys.
        run_id: the run that the pages look at.
        refused: the last edit that was out of bounds or locked, for the page to show.
        assignment: the task that the visitor is at; locked settings cannot be changed meanwhile.
        source: where the task is from: "link:CODE", or "room:CODE", which is left with the room.
        draft: under which name the experiment is kept.
    """

    owner: str
    experiment: Experiment
    layer_ids: list[int] = field(default_factory=list)
    generation: int = 0
    run_id: str | None = None
    refused: InvalidExperiment | None = None
    assignment: Assignment | None = None
    source: str | None = None
    draft: str = _DRAFT

    def __post_init__(self) -> None:
        self.layer_ids = [next(_fresh_ids) for _ in self.experiment.layers]

    def replace(self, experiment: Experiment) -> bool:
        """Open another experiment, e.g. a recipe: every widget starts anew.

        False where a task does not allow it, which is noted as an edit's refusal is.
        """
        if not self.admits(experiment):
            return False
        self._open(experiment)
        self._keep()
        return True

    def edit(self, path: str, value: Any) -> None:
        """Set one field by its dotted path; what is not allowed changes nothing and is noted."""
        try:
            wanted = with_settings(self.experiment, {path: value})
        except InvalidExperiment as error:
            self.refused = error
            return
        if self.admits(wanted):
            self.experiment = wanted
            self._keep()
        else:
            self.generation += 1  # the widget that this came from shows what holds again

    def set_layers(self, layers: list[tuple[int, Layer]]) -> None:
        """Replace the stack; each layer comes with its id."""
        self.edit("layers", [layer.model_dump(mode="json") for _, layer in layers])
        if self.refused is None:
            self.layer_ids = [layer_id for layer_id, _ in layers]

    def layers(self) -> list[tuple[int, Layer]]:
        """The stack as (id, layer) pairs."""
        return list(zip(self.layer_ids, self.experiment.layers, strict=True))

    # --- a task ---------------------------------------------------------------------------

    def take(self, assignment: Assignment, source: str) -> None:
        """Begin a task, or go on with it; one's own experiment is kept for afterwards.

        Taking what one is at already changes nothing, so it may be called at every run of a page.

        Args:
            assignment: the task; another one of the same source takes its place.
            source: where it is from, see the class.
        """
        if (assignment, source) == (self.assignment, self.source):
            return
        task = begun_task(self.owner, assignment, source)
        self.assignment, self.source = assignment, source
        self._open(task.experiment)
        self._keep()

    def leave_task(self) -> None:
        """Back to one's own experiment. The work on the task is found again when it is retaken."""
        if self.assignment is None:
            return
        self.assignment = self.source = None
        leave_kept_task(self.owner)
        self._open(own_experiment(self.owner))

    def locked(self, path: str) -> bool:
        """Whether the task keeps the setting at a dotted path, or any below it, as it is."""
        return self.assignment is not None and self.assignment.locked(path)

    def hidden(self, path: str) -> bool:
        """Whether it is locked and not to be shown either."""
        return self.assignment is not None and self.assignment.hide and self.locked(path)

    def admits(self, experiment: Experiment) -> bool:
        """Whether the task, if there is one, allows this experiment; what is against it is noted.

        To be asked before every training from a form: what a browser sends decides nothing.
        """
        try:
            if self.assignment is not None:
                self.assignment.check(experiment)
        except InvalidExperiment as error:
            self.refused = error
            return False
        self.refused = None
        return True

    def first(self) -> Experiment:
        """What a newcomer finds."""
        return on_images_at_hand(Experiment())

    def require(self, experiment: Experiment) -> None:
        """Find that an experiment from outside can be this state's; any can."""

    # --- runs -----------------------------------------------------------------------------

    def run(self) -> Run | None:
        """The run that the pages look at, None when there is none (any more)."""
        if self.run_id is None:
            return None
        try:
            return engine().run(self.run_id, self.owner)
        except RunNotFound:
            self.run_id = None
            return None

    # --- inside ---------------------------------------------------------------------------

    def _open(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self.layer_ids = [next(_fresh_ids) for _ in experiment.layers]
        self.generation += 1
        self.refused = None

    def _keep(self) -> None:
        if self.assignment is not None and self.source is not None:
            keep_task(self.owner, Task(self.source, self.assignment, self.experiment))
        else:
            engine().drafts.put(self.owner, self.draft, self.experiment.model_dump(mode="json"))


def fresh_layer_id() -> int:
    """An id for a new layer."""
    return next(_fresh_ids)


def state() -> State:
    """This visitor's state, taken up where it was left."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _recall(visitor())
    return st.session_state[_KEY]


def own_experiment(owner: str) -> Experiment:
    """What the visitor worked on last outside any task; else something to begin with."""
    return _drafted(owner) or on_images_at_hand(Experiment())


def _recall(owner: str) -> State:
    task = kept_task(owner)
    if task is None:
        recalled = State(owner, own_experiment(owner))
    else:
        recalled = State(owner, task.experiment, assignment=task.assignment, source=task.source)
    runs = engine().store.runs_of(owner, limit=1)
    recalled.run_id = runs[0].id if runs else None
    return recalled


def _drafted(owner: str) -> Experiment | None:
    try:
        draft = engine().drafts.get(owner, _DRAFT)
        return parse_experiment(draft) if draft else None
    except InvalidExperiment:
        return None  # written by another version
