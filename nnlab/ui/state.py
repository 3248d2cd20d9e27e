"""What a visitor is doing: one typed object, the truth behind all widgets.

Streamlit forgets a widget's value when the page changes. Widgets are therefore drawn from this
object and write back into it, and it is kept in the run store, so that a reload, a crash or a
restart loses nothing.
"""

import itertools
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from nnlab.experiment import Experiment, InvalidExperiment, Layer, parse_experiment, with_settings
from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.defaults import on_images_at_hand
from nnlab.ui.resources import engine
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
        refused: the last edit that was out of bounds, for the page to show.
    """

    owner: str
    experiment: Experiment
    layer_ids: list[int] = field(default_factory=list)
    generation: int = 0
    run_id: str | None = None
    refused: InvalidExperiment | None = None

    def __post_init__(self) -> None:
        self.layer_ids = [next(_fresh_ids) for _ in self.experiment.layers]

    def replace(self, experiment: Experiment) -> None:
        """Open another experiment, e.g. a recipe: every widget starts anew."""
        self.experiment = experiment
        self.layer_ids = [next(_fresh_ids) for _ in experiment.layers]
        self.generation += 1
        self.refused = None
        self._keep()

    def edit(self, path: str, value: Any) -> None:
        """Set one field by its dotted path; what is not allowed changes nothing and is noted."""
        try:
            self.experiment = with_settings(self.experiment, {path: value})
            self.refused = None
        except InvalidExperiment as error:
            self.refused = error
            return
        self._keep()

    def set_layers(self, layers: list[tuple[int, Layer]]) -> None:
        """Replace the stack; each layer comes with its id."""
        self.edit("layers", [layer.model_dump(mode="json") for _, layer in layers])
        if self.refused is None:
            self.layer_ids = [layer_id for layer_id, _ in layers]

    def layers(self) -> list[tuple[int, Layer]]:
        """The stack as (id, layer) pairs."""
        return list(zip(self.layer_ids, self.experiment.layers, strict=True))

    def run(self) -> Run | None:
        """The run that the pages look at, None when there is none (any more)."""
        if self.run_id is None:
            return None
        try:
            return engine().run(self.run_id, self.owner)
        except RunNotFound:
            self.run_id = None
            return None

    def _keep(self) -> None:
        engine().drafts.put(self.owner, _DRAFT, self.experiment.model_dump(mode="json"))


def fresh_layer_id() -> int:
    """An id for a new layer."""
    return next(_fresh_ids)


def state() -> State:
    """This visitor's state, taken up where it was left."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _recall(visitor())
    return st.session_state[_KEY]


def _recall(owner: str) -> State:
    recalled = State(owner, _drafted(owner) or on_images_at_hand(Experiment()))
    runs = engine().store.runs_of(owner, limit=1)
    recalled.run_id = runs[0].id if runs else None
    return recalled


def _drafted(owner: str) -> Experiment | None:
    try:
        draft = engine().drafts.get(owner, _DRAFT)
        return parse_experiment(draft) if draft else None
    except InvalidExperiment:
        return None  # written by another version
