"""The workers, what they train and what waits for them; moves by itself."""

from collections.abc import Sequence

import streamlit as st

from nnlab.figures.load import load_figure
from nnlab.runs.run import utc_now
from nnlab.ui.live_chart import live_chart
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.ui.wording import duration
from nnlab.ui.workers.tables import limits_table, queue_table, training_table, workers_table
from nnlab.work.load import Load, Moment

LOOK_EVERY_SECONDS = 2.0


def workers_panel(state: State) -> None:
    """Everything on the page below its title."""
    st.fragment(_live, run_every=LOOK_EVERY_SECONDS)(state)
    st.subheader("What one visitor may ask for")
    st.caption("Whoever runs this server sets these; what is beyond is refused with the reason.")
    limits_table()


def _live(state: State) -> None:
    load = engine().load()
    _headline(load)
    if message := engine().status.message:
        st.warning(message, icon=":material/error:")
    _past(load.past)
    st.subheader("Workers")
    if load.workers:
        workers_table(load.workers)
    else:
        st.info("No worker is there yet; they load TensorFlow, about 15 s.", icon=":material/bolt:")
    st.subheader("In training")
    if load.training:
        training_table(load.training, state.owner)
    else:
        st.info(
            "Nobody trains just now. Runs appear here as soon as somebody presses **Train**.",
            icon=":material/model_training:",
        )
    if load.queue:
        st.subheader("Waiting")
        queue_table(load.queue, state.owner)


def _headline(load: Load) -> None:
    ready = sum(worker.ready for worker, _ in load.workers)
    busy = sum(bool(runs) for _, runs in load.workers)
    with st.container(horizontal=True, gap="medium"):
        st.metric("Workers ready", f"{ready} of {len(load.workers)}", width="content")
        st.metric("Workers busy", busy, width="content")
        st.metric("Runs in training", len(load.training), width="content")
        st.metric("Runs waiting", len(load.queue), width="content")
        left = _seconds_left(load)
        if left is not None:
            st.metric("All done in about", duration(left), width="content")


def _seconds_left(load: Load) -> float | None:
    """Until the last of the runs in training ends, as it is told on its own page."""
    found = [engine().outlook(run).seconds_left for run in load.training]
    known = [seconds for seconds in found if seconds is not None]
    return max(known) if known and len(known) == len(found) and not load.queue else None


def _past(moments: Sequence[Moment]) -> None:
    now = utc_now()
    minutes = [(moment.at - now).total_seconds() / 60 for moment in moments]
    training = [moment.training for moment in moments]
    waiting = [moment.waiting for moment in moments]
    most = max(training, default=0), max(waiting, default=0)
    alt = f"At most {most[0]} runs trained and {most[1]} waited in the last ten minutes."
    live_chart(load_figure(minutes, training, waiting), key="load", alt=alt)
    st.caption(alt)
