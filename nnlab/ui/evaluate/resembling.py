"""The training images that a test image resembles most, to the network at its end."""

import numpy as np
import streamlit as st

from nnlab.datasets import info_of
from nnlab.figures.neighbours import neighbours_row, neighbours_words
from nnlab.runs.run import Run
from nnlab.ui.evaluate.asking import again, asked
from nnlab.ui.evaluate.closer import Closer
from nnlab.ui.picture import picture
from nnlab.ui.resources import engine
from nnlab.work.reading import Nearest

_QUESTION = "nearest"


def resembling(shown: Closer, run: Run, owner: str) -> None:
    """A row of them with class and distance."""
    near = asked(
        shown,
        _QUESTION,
        lambda: engine().read(run.id, shown.seen(run)[np.newaxis], owner).nearest,
        "They are compared once the training has ended.",
    )
    if near is not None:
        _row(near, run)
    elif _QUESTION in shown.kept:  # there was an answer, without them yet
        del shown.kept[_QUESTION]
        again(shown, "The training images are being compared, which takes some seconds once a run.")


def _row(near: Nearest, run: Run) -> None:
    dataset = info_of(run.experiment.dataset)
    labels, distances = near.labels[0], near.distances[0]
    picture(
        neighbours_row(near.images[0], labels, distances, dataset.classes, dataset.scale),
        "closeup-neighbours",
    )
    st.caption(
        f"{neighbours_words(labels, distances, dataset.classes)} Similar in what the last hidden"
        " layer makes of them when the training has ended: 0 is the same, 2 the opposite."
    )
