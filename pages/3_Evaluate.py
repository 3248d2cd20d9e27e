"""Evaluate: how well a trained network does, and where it goes wrong."""

import streamlit as st

from nnlab.ui.boundary import boundary_panel
from nnlab.ui.diagnosis.panel import diagnosis_panel
from nnlab.ui.evaluate.answers import answers_of
from nnlab.ui.evaluate.behind import Behind
from nnlab.ui.evaluate.calibration import calibration_panel
from nnlab.ui.evaluate.choice import choose_evaluated
from nnlab.ui.evaluate.classes import class_table
from nnlab.ui.evaluate.confusion import confusion_panel
from nnlab.ui.evaluate.headline import headline
from nnlab.ui.evaluate.images import images_of
from nnlab.ui.evaluate.predictions import predictions
from nnlab.ui.frame import page
from nnlab.ui.share.arrival import arrival
from nnlab.ui.share.run_link import share_run
from nnlab.ui.share.shared import shared_run, shared_token
from nnlab.ui.state import State

INTRO = "How a trained network does on images it never learned from, and where it errs."


def evaluate(state: State) -> None:
    """The visitor's own run."""
    arrival(state)
    run = choose_evaluated(state)
    answers = answers_of(run) if run is not None else None
    if run is None or answers is None:
        return
    headline(run, answers)
    boundary_panel(run, state.owner, "evaluate-boundary")
    diagnosis_panel(state, run, "diagnosis")
    images, behind = images_of(run, answers), Behind.own(run, state.owner)
    if images is not None:
        predictions(run.id, answers, images, behind)
    confusion_panel(run.id, answers, images, behind)
    class_table(answers)
    calibration_panel(run.id, answers)
    with st.expander("Share this run", icon=":material/share:"):
        share_run(run, state.owner, "evaluate")


with page("Evaluate", INTRO) as visitor_state:
    token = shared_token()
    if token is None:
        evaluate(visitor_state)
    else:
        shared_run(visitor_state, token)
