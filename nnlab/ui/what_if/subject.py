"""The network that is asked, the images that it is asked about, and its answers so far."""

import threading
from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np
import streamlit as st
from cachetools import LRUCache
from numpy.typing import NDArray

from nnlab.analysis.changes import Change, changed
from nnlab.analysis.evaluation import confusion_counts
from nnlab.check import describe
from nnlab.runs.moments import evenly
from nnlab.runs.run import Run
from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.resources import engine
from nnlab.work.what_if import Question, Said

# Test images of a question, and a bound to its arithmetic, so that it takes less than half a
# second: one core was measured to do 12 to 30 thousand million multiply-adds a second.
MOST_IMAGES, LEAST_IMAGES = 1000, 200
MOST_MULTIPLY_ADDS = 6_000_000_000
# Of 6 kB each.
_KEPT_ANSWERS = 6000

UNTOUCHED = Question()


@dataclass(frozen=True, eq=False)
class Subject:
    """Arrays are to be read only.

    Attributes:
        run: whose network.
        owner: who asks.
        step: of a recorded moment; None for the network as the run left it.
        numbers: int (n,), which test images it is asked about.
        y_true: int (n,), their classes.
        images: uint8 (n, H, W), from 0 to 255.
        class_names: in the order of the class numbers.
        total: how many test images there are.
    """

    run: Run
    owner: str
    step: int | None
    numbers: NDArray[np.int64] = field(repr=False)
    y_true: NDArray[np.int64] = field(repr=False)
    images: NDArray[np.uint8] = field(repr=False)
    class_names: tuple[str, ...] = field(repr=False)
    total: int = 0

    @classmethod
    def of(
        cls, run: Run, owner: str, step: int | None, answers: Answers, images: NDArray[np.uint8]
    ) -> "Subject":
        """A complete run's, with its answers in the test and all its test images."""
        numbers = evenly(images_asked(run, answers.total), answers.total)
        return cls(
            run,
            owner,
            step,
            numbers,
            answers.y_true[numbers],
            images[numbers],
            answers.class_names,
            answers.total,
        )

    @property
    def side(self) -> int:
        """Of the images, in pixels."""
        return self.images.shape[1]

    def ask(self, question: Question) -> Said:
        """The network's answers; the same is not asked twice in this process.

        Raises:
            WorkersNotReady: no worker can answer yet.
            RunNotFound: the run is gone.
            DatasetError: the images are not on the worker's computer.
        """
        said = self.known(question)
        if said is None:
            said = engine().what_if(self.run.id, question, len(self.numbers), self.owner, self.step)
            _kept().put(self._key(question), said)
        return said

    def known(self, question: Question) -> Said | None:
        """The answers, if they have been asked for."""
        return _kept().get(self._key(question))

    def accuracy(self, said: Said) -> float:
        """Share of right answers, 0 to 1."""
        return float(np.mean(said.predicted == self.y_true))

    def counts(self, said: Said) -> NDArray[np.int64]:
        """The confusion matrix, int (classes, classes), true class by row."""
        return confusion_counts(said.predicted, self.y_true, len(self.class_names))

    def shown(self, change: Change, places: NDArray[np.integer]) -> NDArray[np.float32]:
        """Some of the images as the network gets them, float32 (m, H, W) in [0, 1]."""
        images = self.images[places] / np.float32(255)
        return changed(images, change, self.numbers[places])

    def _key(self, question: Question) -> Hashable:
        return self.run.id, self.step, len(self.numbers), question


def images_asked(run: Run, total: int) -> int:
    """About how many of `total` test images a run is asked: fewer where its network is large."""
    fit = MOST_MULTIPLY_ADDS // max(describe(run.experiment).multiply_adds, 1) // 100 * 100
    return min(total, MOST_IMAGES, max(fit, LEAST_IMAGES))


class _Kept:
    """Answers that were given, for all visitors; who may ask is the page's matter."""

    def __init__(self) -> None:
        self._answers: LRUCache[Hashable, Said] = LRUCache(_KEPT_ANSWERS)
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Said | None:
        with self._lock:
            return self._answers.get(key)

    def put(self, key: Hashable, said: Said) -> None:
        with self._lock:
            self._answers[key] = said


@st.cache_resource(show_spinner=False)
def _kept() -> _Kept:
    return _Kept()
