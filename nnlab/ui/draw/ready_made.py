"""Tells how far the network is that comes with the product, and offers it when it is there."""

import streamlit as st

from nnlab.recipes import HANDWRITING_READY, RECIPES
from nnlab.runs.run import Run
from nnlab.runs.states import RunState
from nnlab.ui.draw.settings import draw_with
from nnlab.ui.once import once
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.ui.wording import time_left
from nnlab.work.ready_made import ready_made_awaited, ready_made_run

LOOK_EVERY_SECONDS = 2.0


def ready_made_notice(state: State, shown: Run | None) -> None:
    """While it learns: progress and time left. When it is done: a button that takes it.

    Args:
        state: the visitor's.
        shown: the network that reads now.
    """
    if ready_made_awaited(engine().store):
        st.fragment(_notice, run_every=LOOK_EVERY_SECONDS)(state, shown is None)


def _notice(state: State, nothing_to_draw_for: bool) -> None:
    run = ready_made_run(engine().store)
    if run is None or not run.complete:
        st.caption(f":material/model_training: {_progress(run)}")
    elif nothing_to_draw_for:
        st.rerun()  # the page around it can now offer paper
    else:
        st.button(
            f"{run.experiment.name} is ready: read with it",
            icon=":material/auto_awesome:",
            on_click=once(draw_with),
            args=(state, run.id),
        )


def _progress(run: Run | None) -> str:
    name = f"**{RECIPES[HANDWRITING_READY].title}**, a network made for drawings,"
    if run is None:
        return f"{name} begins to learn in the background as soon as the workers are free."
    if run.state == RunState.FAILED:
        return f"{name} could not be trained: {run.message}"
    if run.state != RunState.RUNNING:
        return f"{name} goes on learning in the background when the workers are free."
    left = run.seconds_left
    rest = f", {time_left(left)}" if left is not None and run.step else ""
    return f"{name} is learning in the background: {run.progress:.0%}{rest}."
