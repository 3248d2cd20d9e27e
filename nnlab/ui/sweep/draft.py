"""What a visitor is setting up on the Sweep page, kept through reloads."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

import streamlit as st

from nnlab.experiment import Experiment
from nnlab.runs.run import RunNotFound
from nnlab.sweep import Sweep, objectives, parse_sweep, read_axis, written_axis
from nnlab.sweep.ready import READY
from nnlab.ui.resources import engine
from nnlab.ui.state import State

_KEY = "sweep"
FROM_TRAIN = "train"
_READY = "ready:"


@dataclass
class Draft:
    """The form as it stands; axes as typed, which may not be readable yet.

    Attributes:
        base: `FROM_TRAIN`, the id of a run, or a ready sweep by `ready:NAME`.
        axes: path and text of each.
        shown: id of the sweep that is looked at; None for the newest.
        version: counts up when the form is filled anew; part of widget keys.
    """

    base: str = FROM_TRAIN
    axes: list[list[str]] = field(default_factory=list)
    strategy: str = "grid"
    trials: int = 12
    objective: str = "val_accuracy"
    pruning: bool = False
    seed: int = 0
    expectation: str = ""
    shown: str | None = None
    version: int = 0

    def experiment(self, state: State) -> Experiment:
        """What all trials have in common; the one on Train where the chosen run is gone."""
        if self.base.startswith(_READY):
            ready = READY.get(self.base.removeprefix(_READY))
            return ready.sweep.experiment if ready else state.experiment
        if self.base == FROM_TRAIN:
            return state.experiment
        try:
            return engine().store.get(self.base, state.owner).experiment
        except RunNotFound:
            return state.experiment

    @property
    def ready(self) -> str | None:
        """Name of the ready sweep that the base is from."""
        return self.base.removeprefix(_READY) if self.base.startswith(_READY) else None

    def sweep(self, state: State) -> Sweep:
        """What the form describes.

        Raises:
            InvalidExperiment: an axis that cannot be read, or another field that is not allowed.
        """
        experiment = self.experiment(state)
        made = parse_sweep(
            {
                "experiment": experiment,
                "axes": tuple(read_axis(path, text) for path, text in self.axes),
                "strategy": self.strategy,
                "trials": self.trials,
                "objective": judged_by(experiment, self.objective),
                "pruning": self.pruning,
                "seed": self.seed,
            }
        )
        ready = READY.get(self.ready or "")
        as_given = ready is not None and made.axes == ready.sweep.axes
        if ready is not None and as_given and made.strategy == ready.sweep.strategy:
            return made.model_copy(update={"lesson": ready.sweep.lesson})
        return made

    def title(self, state: State) -> str:
        """What the sweep is called in lists."""
        ready = READY.get(self.ready or "")
        return ready.title if ready else self.experiment(state).name

    def open_ready(self, name: str) -> None:
        """Fill the form with a ready sweep."""
        sweep = READY[name].sweep
        self.base, self.strategy, self.trials = f"{_READY}{name}", sweep.strategy, sweep.trials
        self.axes = [[axis.path, written_axis(axis)] for axis in sweep.axes]
        self.objective, self.pruning = sweep.objective, sweep.pruning
        self.version += 1

    def keep(self, owner: str) -> None:
        """Write it down."""
        engine().drafts.put(owner, _KEY, asdict(self))


def judged_by(experiment: Experiment, objective: str) -> str:
    """The objective as chosen; for the accuracy the error, and the other way round, where the
    trials do not have it.
    """
    offered = objectives(experiment)
    return objective if objective in offered else offered[0]


def draft(owner: str) -> Draft:
    """This visitor's, taken up where it was left."""
    key = f"nnlab_{_KEY}_draft"
    if key not in st.session_state:
        st.session_state[key] = _read(engine().drafts.get(owner, _KEY))
    return st.session_state[key]


def _read(kept: Any) -> Draft:
    known = {each.name for each in fields(Draft)}
    if not isinstance(kept, dict) or set(kept) != known:
        return Draft(axes=[["training.epochs", "1, 5, 10"]])
    return Draft(**kept)
