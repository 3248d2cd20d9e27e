"""Before and after fine-tuning, on drawings that were not learned from and on the test images."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.runs.run import Run
from nnlab.ui.columns import folding_columns
from nnlab.ui.draw.handwriting.collection import Collection, collection_of
from nnlab.ui.draw.handwriting.figures import how_sure
from nnlab.ui.wording import percent


def gain_panel(base: Run | None, tuned: Run, collection: Collection) -> None:
    """What changed from the network of `base` (None if it is gone) to that of `tuned`."""
    kept = list(collection.kept)
    after = collection_of(tuned, kept)
    held = after.counted
    if after.trouble or not held.any():
        st.info(after.trouble or "All your drawings were learned from: keep some new ones.")
        return
    before = None if base is None else collection_of(base, kept)
    mine, official = folding_columns(2, "handwriting-gain", narrow=2)
    with mine:
        _mine(before, after, held)
    with official:
        _official(base, tuned)
    st.caption(_words(before, after, held))


def _mine(before: Collection | None, after: Collection, held: NDArray[np.bool_]) -> None:
    right, total = int(after.hits[held].sum()), int(held.sum())
    earlier = None if before is None or before.answers is None else int(before.hits[held].sum())
    st.metric(
        "Drawings kept back",
        f"{right} of {total}" if earlier is None else f"{earlier} → {right} of {total}",
        delta=None if earlier is None else f"{right - earlier:+d}",
        delta_color="off" if earlier == right else "normal",
        delta_arrow="off" if earlier == right else "auto",
        help="How many are read right of those that the new network was not trained on.",
        border=True,
    )


def _official(base: Run | None, tuned: Run) -> None:
    after = percent(tuned.test_accuracy)
    known = base is not None and base.test_accuracy is not None and tuned.test_accuracy is not None
    points = 100 * ((tuned.test_accuracy or 0) - (base.test_accuracy or 0)) if base else 0.0
    same = abs(points) < 0.005
    st.metric(
        "Test images",
        f"{percent(base.test_accuracy)} → {after}" if known and base else after,
        delta=f"{points:+.2f} points" if known else None,
        delta_color="off" if same else "normal",
        delta_arrow="off" if same else "auto",
        help="Share of the official ones read right: what it still knows of other people's digits.",
        border=True,
    )


def _words(before: Collection | None, after: Collection, held: NDArray[np.bool_]) -> str:
    text = ""
    if before is not None and before.answers is not None:
        was, now = before.hits, after.hits
        better, worse = int((held & ~was & now).sum()), int((held & was & ~now).sum())
        text = f"Of the drawings kept back, {better} became right and {worse} became wrong. "
    return text + "Afterwards: " + how_sure(int(after.hits[held].sum()), int(held.sum()))
