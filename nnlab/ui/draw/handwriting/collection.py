"""The visitor's drawings as a network sees them, and what it makes of them."""

import logging
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.evaluation import confusion_matrix, predicted
from nnlab.datasets import DatasetError, info_of
from nnlab.handwriting.fine_tuning import learned_from
from nnlab.handwriting.rendering import prepared
from nnlab.runs.drawings import KeptDrawing
from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.resources import engine
from nnlab.work.short_tasks import WorkersNotReady

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Collection:
    """Drawings and a network's answers.

    Attributes:
        kept: the drawings, digit by digit, each digit's in the order in which they came.
        images: what the network sees, float32 (n, side, side) in [0, 1].
        learned: which of them the network was trained on, bool (n,).
        probabilities: float (n, classes); None without an answer.
        trouble: why there is none; `waiting` that there will be one by itself.
    """

    kept: tuple[KeptDrawing, ...]
    images: NDArray[np.float32]
    learned: NDArray[np.bool_]
    probabilities: NDArray[np.float32] | None = None
    trouble: str | None = None
    waiting: bool = False

    @cached_property
    def labels(self) -> NDArray[np.int64]:
        """The digits that they show, (n,)."""
        return np.array([kept.drawing.label for kept in self.kept], np.int64)

    @cached_property
    def answers(self) -> NDArray[np.intp] | None:
        """What the network reads, (n,)."""
        return None if self.probabilities is None else predicted(self.probabilities)

    @property
    def hits(self) -> NDArray[np.bool_]:
        """Which are read right, (n,); none without an answer."""
        if self.answers is None:
            return np.zeros(len(self.kept), bool)
        return self.answers == self.labels

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """Those that say how good the network is: it was not trained on them, bool (n,)."""
        return ~self.learned

    @property
    def total(self) -> int:
        """How many are counted."""
        return int(self.counted.sum())

    @property
    def right(self) -> int:
        """How many of these the network reads right; 0 without an answer."""
        return int(self.hits[self.counted].sum())

    def confusion(self) -> NDArray[np.int64]:
        """The confusion matrix of those that are counted, int (classes, classes)."""
        assert self.probabilities is not None
        return confusion_matrix(self.probabilities[self.counted], self.labels[self.counted])


def collection_of(run: Run, drawings: list[KeptDrawing]) -> Collection:
    """The drawings before the network of `run`; nothing is asked twice."""
    kept = tuple(sorted(drawings, key=lambda each: (each.drawing.label, each.id)))
    size = info_of(run.experiment.dataset).input_shape[0]
    images = np.array([prepared(each.drawing, size) for each in kept], np.float32)
    try:
        origins = learned_from(run.experiment)
    except DatasetError as error:
        everything = np.ones(len(kept), bool)
        return Collection(kept, images, everything, trouble=str(error))
    learned = np.array([each.drawing.digest in origins for each in kept], bool)
    collection = Collection(kept, images, learned)
    return _answered(run, collection) if kept else collection


def _answered(run: Run, asked: Collection) -> Collection:
    digests = tuple(each.drawing.digest for each in asked.kept)
    try:
        answer = _ask(run.id, run.owner, digests, asked.images)
    except WorkersNotReady as error:
        return _without(asked, f"{error} The answers then come by themselves.", waiting=True)
    except RunNotFound as error:
        return _without(asked, str(error))
    except Exception as error:  # whatever befell a worker, the drawings are shown
        logger.exception("run %s gave no answers", run.id)
        return _without(asked, f"The network could not answer ({type(error).__name__}).")
    return Collection(asked.kept, asked.images, asked.learned, answer)


def _without(asked: Collection, trouble: str, waiting: bool = False) -> Collection:
    return Collection(asked.kept, asked.images, asked.learned, None, trouble, waiting)


@st.cache_data(show_spinner=False, max_entries=200)
def _ask(
    run_id: str, owner: str, digests: tuple[str, ...], _images: NDArray[np.float32]
) -> NDArray[np.float32]:
    """A complete run does not change, nor does a drawing: `digests` stand for the images."""
    del digests
    return engine().predict(run_id, _images, owner)
