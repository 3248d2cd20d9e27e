"""Why the network answers as it does: which pixels speak for a class, and what it resembles."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from nnlab.datasets import DatasetInfo, info_of
from nnlab.figures.neighbours import neighbours_row, neighbours_words
from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.columns import folding_columns
from nnlab.ui.draw.reading import Reading
from nnlab.ui.picture import picture
from nnlab.ui.pixel_reasons import GRADIENTS, METHODS, pixel_reasons
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.work.attributing import Attribution
from nnlab.work.short_tasks import WorkersNotReady

_CLASS, _METHOD, _KEPT = "draw-why-class", "draw-why-method", "nnlab_attribution"
ANSWER = "The answer"


def why(state: State, run: Run, reading: Reading) -> None:
    """For any class: what speaks for it and against it; and the nearest training images."""
    dataset = info_of(run.experiment.dataset)
    with st.container(border=True, key="draw-why"):
        if reading.probabilities is None:
            st.caption(
                "Draw something, and see here which of its pixels speak for a class and which "
                "against it, and which training images it resembles most."
            )
            return
        left, right = folding_columns([1.1, 1], "draw-why-columns")
        with left:
            _pixels(state, run, reading, dataset.classes)
        with right:
            _neighbours(reading, dataset)
            _strangeness(reading)


def _pixels(state: State, run: Run, reading: Reading, names: Sequence[str]) -> None:
    st.subheader("Which pixels decide", anchor=False)
    target = _target(reading, names)
    method = st.segmented_control(
        "Method", METHODS, default=GRADIENTS, required=True, key=_METHOD,
    )  # fmt: skip
    try:
        found = _attribution(state, run, reading, target)
    except (WorkersNotReady, RunNotFound) as error:
        st.caption(f":material/hourglass_top: {error}")
        return
    pixel_reasons(found, method, reading.seen, names[target], "draw-why")


def _target(reading: Reading, names: Sequence[str]) -> int:
    """The class that is asked about: the network's answer, until the visitor picks another."""
    assert reading.probabilities is not None
    picked = st.pills(
        "What speaks for and against",
        [ANSWER, *names],
        default=ANSWER,
        required=True,
        key=_CLASS,
        wrap=True,
        help="The class that the network names, or any other.",
    )
    return int(np.argmax(reading.probabilities)) if picked == ANSWER else list(names).index(picked)


def _attribution(state: State, run: Run, reading: Reading, target: int) -> Attribution:
    """Asked once for each drawing and class."""
    asked = (run.id, reading.image, target)
    kept = st.session_state.get(_KEPT)
    if kept is None or kept[0] != asked:
        found = engine().attribute(run.id, reading.seen, target, state.owner)
        kept = st.session_state[_KEPT] = (asked, found)
    return kept[1]


def _neighbours(reading: Reading, dataset: DatasetInfo) -> None:
    st.subheader("The most similar training images", anchor=False)
    if reading.nearest is None:
        st.caption("The training images are being compared; they show when that is done.")
        return
    near = reading.nearest
    picture(
        neighbours_row(
            near.images[0], near.labels[0], near.distances[0], dataset.classes, dataset.scale
        ),
        "draw-neighbours",
    )
    words = neighbours_words(near.labels[0], near.distances[0], dataset.classes)
    st.caption(
        f"{words} Similar in what the last hidden layer makes of them: 0 is the same, 2 the "
        "opposite."
    )


def _strangeness(reading: Reading) -> None:
    """How far the drawing is from all that was learned, and from where on it is no digit."""
    if reading.strangeness is None or reading.limit is None:
        return
    st.subheader("Is it a digit at all?", anchor=False)
    beyond = reading.strangeness > reading.limit
    verdict = "too strange" if beyond else "like what was learned"
    share = min(reading.strangeness / (2 * reading.limit), 1.0)
    st.progress(share, text=f"Strangeness **{reading.strangeness:.2f}**: {verdict}")
    st.caption(
        "What no mixture of the nearest training images explains of the drawing. The limit, "
        f"{reading.limit:.2f}, is the middle of the bar: one in a hundred unseen images is "
        "stranger."
    )
