"""Evaluate: how well a network does, and where it goes wrong, at any moment of its training."""

import streamlit as st

from nnlab.runs.run import Run
from nnlab.runs.timeline import Place
from nnlab.ui.all_at_once import all_at_once
from nnlab.ui.boundary import boundary_at
from nnlab.ui.diagnosis.panel import diagnosis_panel
from nnlab.ui.evaluate.answers import answers_at
from nnlab.ui.evaluate.behind import Behind
from nnlab.ui.evaluate.calibration import calibration_panel
from nnlab.ui.evaluate.choice import choose_evaluated
from nnlab.ui.evaluate.classes import class_table
from nnlab.ui.evaluate.confusion import confusion_panel
from nnlab.ui.evaluate.headline import headline
from nnlab.ui.evaluate.how_it_learned import how_it_learned
from nnlab.ui.evaluate.images import images_of
from nnlab.ui.evaluate.last_drawing import last_drawing
from nnlab.ui.evaluate.moment import cells_through_time, choose_moment, newest
from nnlab.ui.evaluate.numbers import met_at, numbers_charts, numbers_headline
from nnlab.ui.evaluate.predictions import predictions
from nnlab.ui.evaluate.weights import first_layer
from nnlab.ui.frame import page
from nnlab.ui.kinds import has_images, learns_numbers
from nnlab.ui.share.arrival import arrival
from nnlab.ui.share.run_link import share_run
from nnlab.ui.share.shared import shared_run, shared_token
from nnlab.ui.state import State
from nnlab.ui.take_away.places import take_away_on_evaluate

INTRO = "How a network does on what it never learned from, and where it errs."
MOMENT = "evaluate-moment"


def evaluate(state: State) -> None:
    """The visitor's own run."""
    arrival(state)
    run = choose_evaluated(state)
    if run is None:
        return
    at_one_moment(state, run)
    if run.complete:
        with st.expander("Share this run", icon=":material/share:"):
            share_run(run, state.owner, "evaluate")
    take_away_on_evaluate(run, state.owner)


@st.fragment(key=MOMENT)
def at_one_moment(state: State, chosen: Run) -> None:
    """All that the time slider moves, redrawn without the rest of the page."""
    with all_at_once():
        run = newest(state, chosen)
        place = choose_moment(state, run)
        if place is not None and learns_numbers(run):
            _numbers(state, run, place)
            return
        answers = answers_at(run, place) if place is not None else None
        if place is None or answers is None:
            return
        headline(run, answers, place)
        if not has_images(run):
            boundary_at(run, state.owner, place, MOMENT)
        if not run.brought_in:
            diagnosis_panel(state, run, "diagnosis")
            how_it_learned(run, place, MOMENT)
        images, behind = images_of(run, answers), Behind.own(run, state.owner, place.moment)
        if images is not None:
            predictions(run.id, answers, images, behind)
        history = cells_through_time(run, place, MOMENT)
        confusion_panel(run.id, answers, images, behind, history)
        class_table(answers)
        calibration_panel(run.id, answers)
        if has_images(run):
            first_layer(run, place)
            last_drawing(state, run, place)


def _numbers(state: State, run: Run, place: Place) -> None:
    """The same for a run that learned a number for each example."""
    met = met_at(run, place)
    if met is None:
        return
    numbers_headline(run, met, place)
    boundary_at(run, state.owner, place, MOMENT)
    if not run.brought_in:
        diagnosis_panel(state, run, "diagnosis")
        how_it_learned(run, place, MOMENT)
    numbers_charts(run, place, met)


with page("Evaluate", INTRO) as visitor_state:
    token = shared_token()
    if token is None:
        evaluate(visitor_state)
    else:
        shared_run(visitor_state, token)
