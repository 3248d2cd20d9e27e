"""One visitor's Playground: the experiment in the form, the run that came of it, its controls."""

import time
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from nnlab.check import check, training_images
from nnlab.datasets import DatasetError
from nnlab.datasets.told_settings import spelled_out
from nnlab.experiment import Dropout, Experiment, InvalidExperiment, batches
from nnlab.experiment.changes import Change
from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.playground import asking
from nnlab.ui.playground.own import PlaneState, is_plane, recalled
from nnlab.ui.playground.structure import with_dropout
from nnlab.ui.resources import engine
from nnlab.ui.starting import start
from nnlab.ui.state import State
from nnlab.work.lineage import StartNotFound

_KEY = "nnlab_playground"
_RUN = "playground-run"
_PATIENCE_SECONDS = 2.0


@dataclass
class Board:
    """What the page shows and the buttons act on.

    Attributes:
        visited: the visitor's state, as on every page.
        form: what the page edits: the visitor's own Playground, or the task on points.
        run_id: the run that is shown, which the form's experiment began; None before Play.
        speed: epochs a second at most; None for as fast as it can.
        stepping: the run was asked for some steps only.
        edits: weights set by hand in the picture of a run that does not train just now.
        shown: what the page was last drawn for, as `outline` has it.
    """

    visited: State
    form: State
    run_id: str | None = None
    speed: float | None = None
    stepping: bool = False
    edits: tuple[Change, ...] = ()
    shown: Any = field(default=None, repr=False)

    # --- what is -------------------------------------------------------------------------

    @property
    def owner(self) -> str:
        """Whose it is."""
        return self.form.owner

    def run(self) -> Run | None:
        """The run as it stands; None before Play, and once it is gone."""
        if self.run_id is None:
            return None
        try:
            return engine().run(self.run_id, self.owner)
        except RunNotFound:
            self.run_id = None
            return None

    def going(self, run: Run | None) -> bool:
        """Whether it trains on by itself, so that Pause is what can be pressed."""
        return run is not None and run.active and run.requested is None and not self.stepping

    def start_edits(self) -> tuple[Change, ...]:
        """Weights that are set by hand before the first step."""
        return tuple(getattr(self.form.experiment.training, "changes", None) or ())

    def problems(self) -> InvalidExperiment | None:
        """What keeps the experiment from being trained."""
        try:
            check(self.form.experiment)
        except InvalidExperiment as error:
            return error
        return None

    # --- playing -------------------------------------------------------------------------

    def play(self) -> None:
        """Begin, go on, or hold."""
        run = self.run()
        if run is not None and self.going(run):
            engine().pause(run.id, self.owner)
            return
        run = self._at_rest(run)
        if run is not None and run.active:
            return  # no worker has taken it up yet
        self.stepping, self.edits = False, ()
        if run is None or not run.resumable:
            self._begin(None)
        else:
            asking.steer(run.id, self.owner, self.speed)
            engine().resume(run.id, self.owner)

    def step(self, steps: int) -> None:
        """So many steps more, then hold."""
        run = self._at_rest(self.run())
        if run is None:
            self._begin(steps)
        elif run.resumable:
            asking.step(run.id, self.owner, steps)
        else:
            return
        self.stepping, self.edits = True, ()

    def steps_per_epoch(self) -> int:
        """How many batches an epoch of the form's experiment has."""
        experiment = self.form.experiment
        n = training_images(experiment.dataset)
        return batches(experiment.training, n).steps_per_epoch if n else 1

    def reset(self) -> None:
        """Back to the start weights, without what was set by hand. The run is kept as it is."""
        self.let_go()
        if self.start_edits():
            self.form.edit("training.changes", None)

    def let_go(self) -> None:
        """End the run, whose network is kept, and show what Play would begin with."""
        run = self.run()
        if run is not None and (run.active or run.resumable):
            engine().stop(run.id, self.owner)
        self._watch(None)
        self.stepping, self.edits = False, ()

    def settle(self) -> Run | None:
        """Let a run go whose experiment is no longer the form's; the run that is shown."""
        run = self.run()
        if run is not None and not alike(run.experiment, self.form.experiment):
            self.let_go()
            return None
        if run is not None and not run.active:
            self.stepping = False
        return run

    def show_run(self, run_id: str) -> None:
        """Look at a run of the form's experiment that was begun elsewhere."""
        self._watch(run_id)

    def set_speed(self, speed: float | None) -> None:
        """From now on."""
        self.speed = speed
        run = self.run()
        if run is not None and run.active:
            asking.steer(run.id, self.owner, speed)

    def set_up(self, experiment: Experiment) -> None:
        """Put another experiment in the form's place, as a mission does."""
        if self.form.replace(experiment):
            self.let_go()

    # --- changing ------------------------------------------------------------------------

    def set_live(self, name: str, path: str, value: float) -> None:
        """A setting that a run takes over while it trains."""
        self.form.edit(path, value)
        if self.form.refused is None:
            self.tell(Change(step=self._reached(), field=name, value=value))

    def set_dropout(self, rate: float) -> None:
        """The rate of all Dropout layers."""
        self.form.set_layers(with_dropout(self.form.layers(), rate))
        if self.form.refused is None:
            self.tell(Change(step=self._reached(), field="dropout", value=rate))

    def tell(self, change: Change) -> None:
        """Make a change part of the run, where there is one that goes on or can go on."""
        run = self.run()
        if run is None or not (run.active or run.resumable):
            return
        try:
            asking.change(run.id, self.owner, [change])
        except InvalidExperiment as error:
            self.form.refused = error

    def set_weight(self, layer: int, unit: int, input: int | None, value: float) -> None:
        """Set a weight, or the bias of a unit where `input` is None.

        Before Play it is a start weight of the experiment; of a run that is under way or paused it
        is a change from the next step on; of one that has ended it is tried in the picture only.
        """
        change = Change(
            step=self._reached(), field="weight", value=value, layer=layer, unit=unit, input=input
        )
        if self.run_id is None:
            changes = [*without(self.start_edits(), change), change]
            self.form.edit("training.changes", [c.model_dump(mode="json") for c in changes])
            return
        self.edits = (*without(self.edits, change), change)
        self.tell(change)

    def set_layers(self, stack: list[Any]) -> None:
        """Another structure; what was set by hand belongs to the one before."""
        if self.start_edits():
            self.form.edit("training.changes", None)
        self.form.set_layers(stack)

    # --- inside --------------------------------------------------------------------------

    def _reached(self) -> int:
        run = self.run()
        return run.step if run is not None else 0

    def _at_rest(self, run: Run | None) -> Run | None:
        """The run once it has done what it was asked for a moment ago."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while run is not None and run.active and time.monotonic() < end:
            time.sleep(0.03)
            run = self.run()
        return run

    def _begin(self, until_step: int | None) -> None:
        if not self.form.admits(self.form.experiment):
            return
        try:
            run_id = start(self.form.experiment, self.owner, until_step)
        except (StartNotFound, DatasetError) as error:
            st.toast(str(error), icon=":material/error:", duration="long")
            return
        if run_id is None:
            return
        if self.speed is not None:
            asking.steer(run_id, self.owner, self.speed)
        self.visited.run_id = run_id  # other pages look at it, too
        self._watch(run_id)

    def _watch(self, run_id: str | None) -> None:
        self.run_id = run_id
        engine().drafts.put(self.owner, _RUN, run_id)


def mark(run: Run | None) -> Any:
    """What of a run a drawing of the whole page depends on."""
    return None if run is None else (run.id, run.state, run.requested)


def outline(board: Board, run: Run | None) -> Any:
    """What the parts of the page beside the picture depend on, as far as the picture changes it."""
    refused = board.form.refused is not None
    return mark(run), bool(board.start_edits()), board.problems() is None, refused


def without(edits: tuple[Change, ...], change: Change) -> tuple[Change, ...]:
    """The edits of other weights than the one that `change` sets."""
    where = (change.layer, change.unit, change.input)
    return tuple(edit for edit in edits if (edit.layer, edit.unit, edit.input) != where)


def alike(a: Experiment, b: Experiment) -> bool:
    """Whether two experiments differ at most in what a run takes over while it trains."""
    return _fixed(a) == _fixed(b)


def _fixed(experiment: Experiment) -> dict[str, Any]:
    data = spelled_out(experiment).model_dump(mode="json", exclude={"name"})
    for name in ("l1", "l2", "changes"):
        data["training"].pop(name, None)
    data["training"]["optimizer"].pop("learning_rate")
    for layer in data["layers"]:
        if layer["type"] == Dropout.__name__:
            layer.pop("rate")
    return data


def board_of(visited: State) -> Board:
    """The visitor's board; with a task on points, one for the task."""
    task = visited.assignment is not None and is_plane(visited.assignment.experiment.dataset.name)
    board: Board | None = st.session_state.get(_KEY)
    fits = board is not None and (board.form is visited) == task and board.visited is visited
    if board is None or not fits:
        form: State = visited if task else recalled(visited)
        board = st.session_state[_KEY] = Board(visited, form)
        if isinstance(form, PlaneState):
            board.run_id = engine().drafts.get(visited.owner, _RUN)
    return board


def barred(visited: State) -> bool:
    """Whether the visitor is at a task that fixes other data than points."""
    task = visited.assignment
    if task is None or is_plane(task.experiment.dataset.name):
        return False
    return visited.locked("dataset.name")
