"""One picture of test images in a plane: its points, what they say by class, a point's image."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.embedding import Floats, Plane, near_their_own
from nnlab.analysis.evaluation import predicted
from nnlab.runs.run import Run
from nnlab.runs.timeline import Snapshot
from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.evaluate.behind import Behind
from nnlab.ui.evaluate.images import images_of
from nnlab.ui.evaluate.look import Look
from nnlab.ui.evaluate.opened import open_if_asked
from nnlab.ui.wording import percent


@dataclass(frozen=True)
class Embedded:
    """Points of test images, and what the network answered to these at the same moment.

    Attributes:
        points: float32 (n, 2).
        indices: int64 (n,), which of the test images.
        labels: int64 (n,), their classes.
        probabilities: float32 (n, classes).
    """

    points: Floats = field(repr=False)
    indices: NDArray[np.int64] = field(repr=False)
    labels: NDArray[np.int64] = field(repr=False)
    probabilities: NDArray[np.float32] = field(repr=False)

    @property
    def answers(self) -> NDArray[np.int64]:
        """Predicted classes, (n,)."""
        return predicted(self.probabilities)

    @property
    def near(self) -> NDArray[np.bool_]:
        """For each point whether the nearest other one is of its class, (n,)."""
        return near_their_own(self.points, self.labels)


def embedded(points: Floats, indices: NDArray[np.int64], snapshot: Snapshot) -> Embedded:
    """Points (n, 2) with the answers that were recorded for their images, `indices` (n,)."""
    rows = np.searchsorted(snapshot.indices, indices)
    return Embedded(points, indices, snapshot.y_true[rows], snapshot.probabilities[rows])


def picture_words(shown: Embedded, plane: Plane | None) -> str:
    """The picture in words.

    Args:
        shown: its points.
        plane: that of PCA which it shows, None for t-SNE.
    """
    wrong = int((shown.answers != shown.labels).sum())
    chance = float(np.sum((np.bincount(shown.labels) / len(shown.labels)) ** 2))
    words = (
        f"For {percent(shown.near.mean(), 0)} of the points the nearest one is of the same class"
        f" (by chance {percent(chance, 0)}). {wrong:,} of {len(shown.labels):,} answers are wrong"
        " at this moment."
    )
    if plane is None:
        return words
    return f"The plane shows {percent(plane.explained, 0)} of the variance. {words}"


def class_figures(shown: Embedded, class_names: tuple[str, ...]) -> None:
    """What the picture shows, by class, as a table."""
    wrong, near = shown.answers != shown.labels, shown.near
    members = [shown.labels == label for label in range(len(class_names))]
    frame = pd.DataFrame(
        {
            "Class": class_names,
            "Images": [int(chosen.sum()) for chosen in members],
            "Wrong": [int(wrong[chosen].sum()) for chosen in members],
            "Near own": [
                100 * float(near[chosen].mean()) if chosen.any() else None for chosen in members
            ],
        }
    )
    shares = {
        frame.columns[-1]: st.column_config.NumberColumn(
            format="%.0f %%",
            width=80,
            help="Of so many of its points the nearest other one is of the same class.",
        )
    }
    st.dataframe(frame, hide_index=True, column_config=shares, height="content")


def open_point(
    look: Look, run: Run, shown: Embedded, n_test: int, names: tuple[str, ...], behind: Behind
) -> None:
    """Show the image of the point that was just clicked, with the answer of that moment."""
    if look.opened is None:
        return
    answers = Answers.of(shown.probabilities, shown.labels, names, shown.indices, n_test)
    images = images_of(run, answers)
    if images is not None:
        open_if_asked(look, answers, images, behind)
    look.opened = None
