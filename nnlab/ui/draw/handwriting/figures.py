"""How well the drawings are read, beside the official test images."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.proportions import wilson_interval
from nnlab.datasets import info_of
from nnlab.runs.run import Run
from nnlab.ui.columns import folding_columns
from nnlab.ui.draw.handwriting.collection import Collection
from nnlab.ui.evaluate.answers import answers_of
from nnlab.ui.matrix import matrix
from nnlab.ui.wording import percent


def figures(run: Run, collection: Collection) -> None:
    """Accuracy on the drawings and on the test images, and how sure one can be of the first."""
    if collection.trouble:
        st.info(collection.trouble, icon=":material/hourglass_top:")
    mine, official = folding_columns(2, "handwriting-figures", narrow=2)
    counted = collection.answers is not None and collection.total > 0
    mine.metric(
        "My drawings read right",
        f"{collection.right} of {collection.total}" if counted else "–",
        help="Drawings that this network was trained on do not count.",
        border=True,
    )
    official.metric(
        "Test images read right",
        percent(run.test_accuracy),
        help=f"The official test images of {info_of(run.experiment.dataset).title}, which the "
        "network never trained on.",
        border=True,
    )
    if counted:
        st.caption(how_sure(collection.right, collection.total) + _left_out(collection))


def how_sure(right: int, total: int) -> str:
    """What so many say of all the digits that this hand might draw."""
    low, high = wilson_interval(right, total)
    return (
        f"{right} of {total} is {percent(right / total, 0)}. Of all digits that you might draw so, "
        f"the network reads probably {percent(low, 0)} to {percent(high, 0)} right (95 % interval "
        "by Wilson): the more you keep, the narrower it gets."
    )


def _left_out(collection: Collection) -> str:
    learned = int(collection.learned.sum())
    if not learned:
        return ""
    were = "1 more drawing was" if learned == 1 else f"{learned} more drawings were"
    return f" {were} trained on and {'does' if learned == 1 else 'do'} not count."


def matrices(run: Run, collection: Collection) -> None:
    """What is taken for what, of the drawings and of the test images."""
    if collection.answers is None or not collection.total:
        return
    st.subheader("What is taken for what", anchor=False)
    mine, official = folding_columns(2, "handwriting-matrices")
    names = info_of(run.experiment.dataset).classes
    with mine:
        _matrix(collection.confusion(), names, "My drawings", "mine")
    with official:
        answers = answers_of(run)
        if answers is not None:
            _matrix(answers.counts, answers.class_names, "Official test images", "official")


def _matrix(counts: NDArray[np.int64], names: Sequence[str], title: str, key: str) -> None:
    alt = f"Confusion matrix of {title.lower()}: true digit by row, digit read by column"
    matrix(counts, names, f"handwriting-{key}", f"{title}: number of images", alt)
