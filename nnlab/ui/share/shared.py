"""A stranger's run by its link: to be looked at, with nothing to press that would change it."""

import streamlit as st

from nnlab.datasets import title_of
from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.timeline import Place
from nnlab.ui.evaluate.answers import answers_at
from nnlab.ui.evaluate.behind import Behind
from nnlab.ui.evaluate.calibration import calibration_whole
from nnlab.ui.evaluate.classes import class_table
from nnlab.ui.evaluate.confusion import confusion_whole
from nnlab.ui.evaluate.headline import headline
from nnlab.ui.evaluate.images import images_for_others
from nnlab.ui.evaluate.moment import cells_through_time, moment_bar
from nnlab.ui.evaluate.numbers import met_at, numbers_charts, numbers_headline
from nnlab.ui.evaluate.predictions import predictions_whole
from nnlab.ui.kinds import learns_numbers
from nnlab.ui.once import once
from nnlab.ui.opening import go_if_opened, open_experiment
from nnlab.ui.resources import shares
from nnlab.ui.share.address import SHARED
from nnlab.ui.state import State
from nnlab.ui.take_away.places import take_away_shared
from nnlab.ui.train.curves import draw_curves, epoch_table, history_of


def shared_token() -> str | None:
    """The token in the address, None where there is none."""
    return st.query_params.get(SHARED)


def shared_run(state: State, token: str) -> None:
    """The run, or in words that there is none. The token is asked for at every look.

    No part of it is a fragment: that would draw itself again without asking.
    """
    try:
        run = shares().run(token)
    except RunNotFound as error:
        st.error(str(error), icon=":material/search_off:")
        st.page_link("app.py", label="To the first page", icon=":material/home:")
        return
    _banner(state, run)
    place = moment_bar(run)
    if place is not None and learns_numbers(run):
        met = met_at(run, place)
        if met is not None:
            numbers_headline(run, met, place)
            _curves(run, place)
            numbers_charts(run, place, met)
            take_away_shared(token)
        return
    answers = answers_at(run, place) if place is not None else None
    if place is None or answers is None:
        return
    headline(run, answers, place)
    _curves(run, place)
    images, behind = images_for_others(run, answers), Behind.shared(token, place.moment)
    if images is not None:
        predictions_whole(run.id, answers, images, behind)
    history = cells_through_time(run, place, None)
    confusion_whole(run.id, answers, images, behind, history)
    class_table(answers)
    calibration_whole(run.id, answers)
    take_away_shared(token)


def _banner(state: State, run: Run) -> None:
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", key="shared-run"
    ):
        st.badge("read-only, shared", icon=":material/visibility:", color="blue")
        st.text(f"{run.experiment.name} · {title_of(run.experiment.dataset.name)}", width="stretch")
        st.button(
            "Open this experiment in Train",
            key="shared-open",
            icon=":material/tune:",
            on_click=once(open_experiment),
            args=(state, run.experiment),
        )
    go_if_opened()


def _curves(run: Run, place: Place) -> None:
    if run.brought_in:
        return
    history = history_of(run)
    st.header("How it learned", anchor=False)
    draw_curves(run, history, None, place.epoch)
    with st.expander("The same figures as a table", icon=":material/table:"):
        epoch_table(history)
