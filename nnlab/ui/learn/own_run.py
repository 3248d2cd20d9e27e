"""A lesson's run of the visitor's own: begun, stopped and followed as on the Train page."""

import streamlit as st

from nnlab.experiment import Experiment
from nnlab.runs.history import History
from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.learn.desk import Desk
from nnlab.ui.resources import engine
from nnlab.ui.starting import start
from nnlab.ui.state import state

TRAIN_PAGE = "pages/2_Train.py"
_RUN, _BEFORE = "run", "before"


def own_runs(desk: Desk) -> tuple[Run | None, Run | None]:
    """The lesson's last run and the one before it, None where there is none (any more)."""
    desk.start(**{_RUN: "", _BEFORE: ""})
    return _run(desk, _RUN), _run(desk, _BEFORE)


def _run(desk: Desk, name: str) -> Run | None:
    if not desk.values[name]:
        return None
    try:
        return engine().run(desk.values[name], desk.owner)
    except RunNotFound:
        return None


def begin(desk: Desk, experiment: Experiment) -> None:
    """Train; the run until now becomes the one before. Other pages look at the new one too."""
    run_id = start(experiment, desk.owner)
    if run_id is not None:
        state().run_id = run_id
        desk.put(before=desk.values[_RUN], run=run_id)


def end(desk: Desk) -> None:
    """Stop, and keep the network as it is."""
    engine().stop(desk.values[_RUN], desk.owner)


def history_of(desk: Desk, run: Run | None) -> History:
    """The run's curves, read on from where this session left off; empty without a run."""
    if run is None:
        return History("")
    history: History = desk.memory.setdefault(run.id, History(run.id))
    history.follow(engine().store, run)
    return history


def open_on_train(run: Run) -> None:
    """A button that takes the run and its experiment to the Train page."""
    if st.button("Open on Train", icon=":material/tune:", key=f"open-{run.id}"):
        visitor_state = state()
        if visitor_state.replace(run.experiment):
            visitor_state.run_id = run.id
        st.switch_page(TRAIN_PAGE)
