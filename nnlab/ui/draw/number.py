"""A number of several digits: separated, and read digit by digit."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import info_of
from nnlab.drawing import Part, TooManyPieces, prepare, separate
from nnlab.figures.number import ReadDigit, digits_in_a_row, separated
from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.draw.card import Card, show_card
from nnlab.ui.draw.kept import keep, sheet_of
from nnlab.ui.draw.paper import paper
from nnlab.ui.draw.settings import draw_settings
from nnlab.ui.draw.sheet import NUMBER_PAPER, Sheet, pixels
from nnlab.ui.draw.verdict import confidence, top
from nnlab.ui.draw.wake import wake
from nnlab.ui.picture import picture
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.work.short_tasks import WorkersNotReady

MOST_DIGITS = 12
_KEY = "nnlab_number"
_STYLE = """
<style>
  .st-key-draw-number-desk > :has(> .st-key-draw-number-answer) {
    flex: 1 1 13rem; min-width: min(13rem, 100%);
  }
</style>
"""


@dataclass(frozen=True)
class NumberRead:
    """What came of a drawing: its parts with what the network made of each, or why there is none.

    Attributes:
        run_id, image: whose network was asked for which drawing.
        parts: from left to right.
        seen: float (n, side, side), what the network was given.
        probabilities: float (n, classes).
        trouble: why there is no answer.
    """

    run_id: str
    image: bytes | None
    parts: Sequence[Part] = ()
    seen: Sequence[NDArray[np.float32]] = ()
    probabilities: Sequence[NDArray[np.float32]] = ()
    trouble: str = ""


def number_desk(state: State, run: Run) -> None:
    """Draw several digits side by side, and read them as a number."""
    sheet = sheet_of(state, NUMBER_PAPER)
    st.html(_STYLE)
    with st.container(horizontal=True, gap="medium", key="draw-number-desk"):
        with st.container(width=NUMBER_PAPER.width):
            changed = paper(state, sheet, "a number")
        read = _read(state, run, sheet)
        with st.container(key="draw-number-answer"):
            show_card(_card(run, read, draw_settings(state).unsure_below))
    if read.probabilities:
        _digits(run, read)
    if changed:
        keep(state, sheet)
    if sheet.empty:
        wake(run)


def _read(state: State, run: Run, sheet: Sheet) -> NumberRead:
    """The answer to what is on the sheet; nothing is asked twice."""
    last: NumberRead | None = st.session_state.get(_KEY)
    known = last is not None and last.run_id == run.id and not last.trouble
    if last is not None and known and sheet.still_is(last.image):
        return last
    read = st.session_state[_KEY] = _ask(state, run, sheet.shown, sheet.strokes)
    return read


def _ask(state: State, run: Run, image: bytes | None, strokes: list[dict[str, Any]]) -> NumberRead:
    if image is None:
        return NumberRead(run.id, None)
    side = info_of(run.experiment.dataset).input_shape[0]
    try:
        parts = _parts(image, strokes)
    except TooManyPieces as error:
        return NumberRead(run.id, image, trouble=f"{error} Draw up to {MOST_DIGITS} digits.")
    seen = [prepare(part.rgba, side) for part in parts]
    if not seen:
        return NumberRead(run.id, image)
    try:
        answers = engine().predict(run.id, np.stack(seen), state.owner)
    except (WorkersNotReady, RunNotFound) as error:
        return NumberRead(run.id, image, trouble=str(error))
    return NumberRead(run.id, image, parts, seen, list(answers))


def _parts(image: bytes, strokes: list[dict[str, Any]]) -> list[Part]:
    parts = separate(pixels(image), strokes)
    if len(parts) > MOST_DIGITS:
        raise TooManyPieces(len(parts))
    return parts


def _card(run: Run, read: NumberRead, unsure_below: float) -> Card:
    if read.trouble:
        return Card("No answer", "none", "", read.trouble)
    if not read.probabilities:
        return Card(
            "Draw a number", "none", "", "Several digits side by side, with a little room between."
        )
    names = info_of(run.experiment.dataset).classes
    best = [top(answer, names, 2) for answer in read.probabilities]
    number = "".join(guesses[0][0] for guesses in best)
    shares = [guesses[0][1] for guesses in best]
    tone = "unsure" if min(shares) < unsure_below else "certain"
    return Card(number, tone, f"{confidence(math.prod(shares))} sure", _remark(best))


def _remark(best: Sequence[list[tuple[str, float]]]) -> str:
    """Which digit decides how sure the whole is."""
    if len(best) == 1:
        return "One digit. Draw another beside it."
    place = min(range(len(best)), key=lambda i: best[i][0][1])
    (first, share), (second, _) = best[place]
    return (
        f"The number is right only if all {len(best)} digits are, so their probabilities are "
        f"multiplied. Least sure: digit {place + 1}, {first} with {confidence(share)}, "
        f"perhaps {second}."
    )


def _digits(run: Run, read: NumberRead) -> None:
    names = info_of(run.experiment.dataset).classes
    digits = []
    for part, seen, answer in zip(read.parts, read.seen, read.probabilities, strict=True):
        ((label, share),) = top(answer, names, 1)
        digits.append(ReadDigit(part.box, seen, label, confidence(share)))
    with st.container(border=True, key="draw-number-digits"):
        st.subheader("Digit by digit", anchor=False)
        with st.container(horizontal=True, gap="large"):
            with st.container(width=352):
                assert read.image is not None
                ink = pixels(read.image)[..., 0] / np.float32(255)
                picture(separated(ink, digits), "draw-number-separated")
                st.caption("Where the drawing was separated.")
            with st.container():
                picture(digits_in_a_row(digits), "draw-number-row")
                st.caption("What the network sees of each part, prepared like a single digit.")
