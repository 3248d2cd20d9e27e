"""Below the answer: is it right? One press keeps the drawing with the digit that it shows."""

import logging

import numpy as np
import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from nnlab.datasets import info_of
from nnlab.handwriting.checking import DrawingRefused
from nnlab.handwriting.strokes import drawing_of
from nnlab.runs.drawings import TooManyDrawings
from nnlab.runs.run import Run
from nnlab.ui.draw.digits import DIGITS, knows_digits
from nnlab.ui.draw.kept import keep
from nnlab.ui.draw.reading import Reading
from nnlab.ui.draw.sheet import SIDE, Sheet
from nnlab.ui.once import once
from nnlab.ui.resources import engine
from nnlab.ui.state import State

logger = logging.getLogger(__name__)

NOT_KEPT = "The drawing could not be written down just now. It is still on the sheet: try again."
_KEPT, _REFUSED = "nnlab_drawing_kept", "nnlab_drawing_refused"
_STYLE = """
<style>
  .st-key-draw-labels {gap: 0.2rem; flex-wrap: nowrap}
  .st-key-draw-labels > div {flex: 1 1 0; min-width: 0; width: auto}
  .st-key-draw-labels button {min-width: 0; padding: 0.2rem 0}
  .st-key-draw-confirm {padding-top: 0.6rem; padding-bottom: 0.6rem}
  /* It keeps its room, so that nothing moves when there is something to say yes to. */
  .st-key-draw-nothing-read {visibility: hidden; width: 0 !important; overflow: hidden}
  .st-key-draw-nothing-read button {white-space: nowrap}
</style>
"""


def confirm(state: State, run: Run, sheet: Sheet, reading: Reading) -> None:
    """Keep the drawing as what the network reads, or as another digit; the sheet is clean then.

    Always as high, so that nothing moves when a drawing comes; nothing for clothes.
    """
    if not knows_digits(run):
        return
    told = st.session_state.pop(_KEPT, None)
    if told:
        st.toast(told, icon=":material/check:")
    ready = not sheet.empty and sheet.image is not None
    guess = _guess(run, reading) if ready else None
    st.html(_STYLE)
    with st.container(border=True, key="draw-confirm", gap="small"):
        _question(state, sheet, guess, ready)
        st.caption(_ask_for_digit(guess, ready))
        _digits(state, sheet, ready)
        refused = st.session_state.get(_REFUSED)
        if refused:
            st.warning(refused, icon=":material/warning:")


def _question(state: State, sheet: Sheet, guess: int | None, ready: bool) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        count = engine().drawings.count(state.owner)
        kept = f" :gray[· {count} kept]" if count else ""
        if guess is not None:
            st.markdown(f"Is it a **{guess}**?{kept}", width="stretch")
        else:
            asked = "Which digit is it?" if ready else "Draw, and say which digit it is."
            st.markdown(f"{asked}{kept}", width="stretch")
        with st.container(
            key="draw-nothing-read" if guess is None else "draw-read", width="content"
        ):
            st.button(
                "Yes, keep it",
                key="draw-keep",
                icon=":material/check:",
                type="primary",
                disabled=guess is None,
                help="Adds the drawing to your own test set, below, and clears the sheet.",
                on_click=once(_keep),
                args=(state, sheet, guess),
            )


def _ask_for_digit(guess: int | None, ready: bool) -> str:
    """A line above the digits; as high, and empty, where there is nothing to be named yet."""
    if not ready:
        return "&nbsp;"
    return "Press it:" if guess is None else "If it is another, press that digit:"


def _digits(state: State, sheet: Sheet, ready: bool) -> None:
    with st.container(horizontal=True, gap="xsmall", key="draw-labels"):
        for digit in DIGITS:
            st.button(
                str(digit),
                key=f"draw-keep-{digit}",
                width="stretch",
                disabled=not ready,
                on_click=once(_keep),
                args=(state, sheet, digit),
            )


def _guess(run: Run, reading: Reading) -> int | None:
    """The digit that the network reads; None where it reads none, or its answer means nothing."""
    if reading.run_id != run.id or reading.probabilities is None:
        return None
    if reading.remark is not None and reading.remark.hopeless:
        return None
    return int(info_of(run.experiment.dataset).classes[int(np.argmax(reading.probabilities))])


def _keep(state: State, sheet: Sheet, label: int) -> None:
    """Add the drawing to the set and clear the sheet; `undo` brings the drawing back."""
    st.session_state.pop(_REFUSED, None)
    try:
        engine().drawings.keep(state.owner, drawing_of(sheet.strokes, label, SIDE))
    except (DrawingRefused, TooManyDrawings) as error:
        st.session_state[_REFUSED] = f"Not kept: {error}"
        return
    except (OSError, SQLAlchemyError):
        logger.warning("a drawing could not be kept", exc_info=True)
        st.session_state[_REFUSED] = NOT_KEPT
        return
    sheet.clear()
    keep(state, sheet)
    count = engine().drawings.count(state.owner)
    st.session_state[_KEPT] = f"Kept: {label} ({count} so far)"
