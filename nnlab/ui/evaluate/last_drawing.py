"""The visitor's last drawing, as the network would have read it at the chosen moment."""

import hashlib
import logging
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import DatasetInfo, info_of
from nnlab.drawing import prepare
from nnlab.figures import palette
from nnlab.figures.over_time import Line, shares_over_time
from nnlab.figures.read_then import read_then
from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.timeline import Place, Timeline
from nnlab.ui.all_at_once import send_now
from nnlab.ui.columns import folding_columns
from nnlab.ui.draw.kept import sheet_of
from nnlab.ui.draw.sheet import pixels
from nnlab.ui.draw.verdict import top
from nnlab.ui.live_chart import live_chart
from nnlab.ui.picture import picture
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.ui.when_ready import draw_again_when_ready
from nnlab.ui.wording import percent
from nnlab.work.short_tasks import WorkersNotReady
from nnlab.work.through_time import ThroughTime

logger = logging.getLogger(__name__)

_KEY = "nnlab_drawing_through_time"
# Classes that were never this probable are left out of the chart, and all but the likeliest.
_WORTH_A_LINE, _MOST_LINES = 0.1, 4


@dataclass(frozen=True)
class _Known:
    """The answers to a drawing, and what it was asked with."""

    asked: tuple[str, str, int]
    seen: NDArray[np.float32]
    answers: ThroughTime


def last_drawing(state: State, run: Run, place: Place) -> None:
    """What it read at this moment, and what became of it from moment to moment.

    A worker answers for all moments at once; the slider then needs none.
    """
    st.header("Your last drawing", anchor=False)
    image = sheet_of(state).shown
    if image is None:
        st.caption("Draw something on Draw: here you then see how this network read it, and when.")
        st.page_link("pages/4_Draw.py", label="To the Draw page", icon=":material/draw:")
        return
    dataset = info_of(run.experiment.dataset)
    try:
        known = _known(state, run, image, dataset)
    except WorkersNotReady as error:
        st.caption(f":material/hourglass_top: {error} The answer then comes by itself.")
        draw_again_when_ready()
    except RunNotFound:
        st.caption("Of this run no weights were recorded so far, so nobody can say.")
    except Exception as error:  # whatever befell a worker, the rest of the page stands
        logger.exception("run %s gave no answers through time", run.id)
        st.caption(f"The network could not answer ({type(error).__name__}). Reload to ask again.")
    else:
        _show(known, place, dataset)


def _known(state: State, run: Run, image: bytes, dataset: DatasetInfo) -> _Known:
    """Asked once for each drawing, run and number of moments."""
    drawn = hashlib.sha256(image).hexdigest()
    asked = (run.id, drawn, len(Timeline(run).places))
    known: _Known | None = st.session_state.get(_KEY)
    if known is None or known.asked != asked:
        send_now()
        seen = prepare(pixels(image), dataset.input_shape[0])
        answers = engine().through_time(run.id, seen[np.newaxis], state.owner)
        known = st.session_state[_KEY] = _Known(asked, seen, answers)
    return known


def _show(known: _Known, place: Place, dataset: DatasetInfo) -> None:
    places, names = known.answers.places, dataset.classes
    probabilities = known.answers.probabilities[:, 0]
    at = places.index(place) if place in places else None
    card, chart = folding_columns([2, 3], "evaluate-drawing")
    with card:
        if at is None:
            st.caption("At this moment the weights were not recorded, so nobody can say.")
        else:
            _card(known.seen, probabilities[at], place, names)
    with chart:
        _chart(known.answers, probabilities, at, names)


def _card(
    seen: NDArray[np.float32],
    probabilities: NDArray[np.float32],
    place: Place,
    names: tuple[str, ...],
) -> None:
    side = f"{len(seen)} × {len(seen)} pixels"
    guesses = top(probabilities, names)
    alt = f"Your drawing as the network sees it, {side}"
    picture(read_then(seen, guesses, f"Read at: {place.label}", alt), "evaluate-drawing-card")


def _chart(
    answers: ThroughTime,
    probabilities: NDArray[np.float32],
    at: int | None,
    names: tuple[str, ...],
) -> None:
    most = np.nan_to_num(probabilities).max(axis=0)
    order = np.argsort(-most, kind="stable")[:_MOST_LINES]
    lines = [
        Line(names[label], probabilities[:, label].tolist(), palette.class_colour(int(label)))
        for label in order
        if most[label] >= _WORTH_A_LINE or label == order[0]
    ]
    epochs = [place.epoch for place in answers.places]
    figure = shares_over_time(lines, epochs, at, "What it was read as", "Probability")
    live_chart(figure, "evaluate-drawing-chart", _words(answers, probabilities, names))


def _words(answers: ThroughTime, probabilities: NDArray[np.float32], names: tuple[str, ...]) -> str:
    best = [top(row, names, 1)[0] for row in probabilities]
    told = ", ".join(
        f"{place.label} {name} ({percent(share)})"
        for place, (name, share) in zip(answers.places, best, strict=True)
    )
    return f"The likeliest class at each moment: {told}"
