"""Fine-tuning on the visitor's own digits: the button, the progress and what it gained."""

import logging

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from nnlab.datasets import DatasetError
from nnlab.experiment import InvalidExperiment
from nnlab.handwriting.fine_tuning import EPOCHS, REPLAYED, fine_tuned, freeze
from nnlab.handwriting.halves import LEAST_HALF, halves, more_needed
from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.draw.handwriting.collection import Collection
from nnlab.ui.draw.handwriting.gain import gain_panel
from nnlab.ui.draw.settings import draw_with
from nnlab.ui.once import once
from nnlab.ui.plain import plain
from nnlab.ui.queue_words import waiting_text
from nnlab.ui.resources import engine
from nnlab.ui.starting import start
from nnlab.ui.state import State
from nnlab.ui.wording import STATE_ICONS
from nnlab.work.failures import failure_message
from nnlab.work.lineage import StartNotFound

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 0.5
_REFUSED = "nnlab_tuning_refused"


def tuning(state: State, run: Run, collection: Collection) -> None:
    """Learn from one half of the drawings, and see on the other half what that gained."""
    st.subheader("Fine-tune on my digits", anchor=False)
    base = _base(state, run)
    tuned = _tuned(state, run)
    active = tuned is not None and tuned.active
    if base is not None:
        _offer(state, base, collection, active)
    if st.session_state.get(_REFUSED):
        st.error(st.session_state[_REFUSED], icon=":material/error:")
    if tuned is not None and active:
        st.fragment(_follow, run_every=LOOK_EVERY_SECONDS)(state, tuned.id)
    elif tuned is not None:
        _outcome(state, run, base, tuned, collection)


def _base(state: State, run: Run) -> Run | None:
    """The network to go on from: that of a fine-tuned run is the one that it went on from.

    So what was learned from and what is kept back are never mixed.
    """
    start = run.experiment.training.start_from
    if start is None:
        return run
    try:
        found = engine().store.readable(start, state.owner)
    except RunNotFound:
        return None
    return found if found.complete else None


def _tuned(state: State, run: Run) -> Run | None:
    """The fine-tuning to show: one that is under way, the run itself, or the run's last one."""
    start = run.experiment.training.start_from or run.id
    found = [
        other
        for other in engine().store.runs_of(state.owner)
        if other.experiment.training.start_from == start and other.experiment.dataset.drawings
    ]
    active = next((other for other in found if other.active), None)
    if active is not None:
        return engine().run(active.id, state.owner)
    if run.experiment.dataset.drawings is not None:
        return run
    return found[0] if found else None


def _offer(state: State, base: Run, collection: Collection, busy: bool) -> None:
    missing = more_needed(len(collection.kept))
    st.markdown(_missing(missing) if missing else _promise(base, collection))
    st.button(
        "Fine-tune",
        key="handwriting-tune",
        icon=":material/tune:",
        type="primary",
        disabled=bool(missing) or busy,
        on_click=once(_start),
        args=(state, base.id),
    )


def _missing(count: int) -> str:
    drawings = "1 more drawing" if count == 1 else f"{count} more drawings"
    return (
        f"Keep **{drawings}** first: one half is learned from, and the other half, at least "
        f"{LEAST_HALF}, has to show what that gained."
    )


def _promise(base: Run, collection: Collection) -> str:
    learned, held = halves(collection.kept)
    return (
        f"A new network goes on from *{plain(base.experiment.name)}* for {EPOCHS} epochs. It "
        f"learns from **{len(learned)}** of your drawings, and from up to {REPLAYED:,} of its "
        f"old images, so that it does not forget them. The other **{len(held)}** are kept "
        "back to see what that gained."
    )


def _start(state: State, base_id: str) -> None:
    st.session_state.pop(_REFUSED, None)
    try:
        base = engine().store.readable(base_id, state.owner)
        learned, _ = halves(engine().drawings.of(state.owner))
        frozen = freeze([each.drawing for each in learned], base.experiment.dataset.name)
        start(fine_tuned(base.experiment, base_id, frozen), state.owner)
    except (RunNotFound, StartNotFound, InvalidExperiment, DatasetError) as error:
        st.session_state[_REFUSED] = str(error)
    except (OSError, SQLAlchemyError) as error:
        logger.warning("fine-tuning could not begin", exc_info=True)
        st.session_state[_REFUSED] = failure_message(error)


def _follow(state: State, run_id: str) -> None:
    try:
        run = engine().run(run_id, state.owner)
    except RunNotFound:
        st.rerun()
    if not run.active:
        st.rerun()  # the panel around it shows what came of it, the page has one network more
    st.progress(run.progress, text=_progress(run))


def _progress(run: Run) -> str:
    if engine().status.phase != "ready":
        return "Waiting for the workers: they are loading TensorFlow, about 15 s"
    if run.step:
        return f"Learning your hand: epoch {min(run.epoch + 1, EPOCHS)} of {EPOCHS}"
    return waiting_text(engine().outlook(run))


def _outcome(state: State, run: Run, base: Run | None, tuned: Run, collection: Collection) -> None:
    if not tuned.complete:
        text = tuned.message or f"The fine-tuning is {tuned.state}; the Home page has it."
        st.warning(text, icon=STATE_ICONS[tuned.state])
        return
    gain_panel(base, tuned, collection)
    if tuned.id != run.id and st.button(
        "Draw with the fine-tuned network", key="handwriting-use", icon=":material/draw:"
    ):
        draw_with(state, tuned.id)
        st.rerun()  # the whole page: another network is chosen
