"""What a run's network said about the test images, and all that follows from it."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Self

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.evaluation import PerClass, accuracy, confusion_matrix, cross_entropy, per_class
from nnlab.datasets import info_of, sizes
from nnlab.runs.files import RunFiles
from nnlab.runs.moments import Moments
from nnlab.runs.run import Run
from nnlab.runs.timeline import Place

_MISSING = (
    "The files of this run are missing or damaged, so it cannot be evaluated. Train it"
    " again from the Train page."
)


@dataclass(frozen=True)
class Answers:
    """A network's answers; to be read only, as all visitors share them.

    Attributes:
        probabilities: float (n, classes), a row for each test image that was answered.
        y_true: int (n,), the right classes.
        counts: the confusion matrix, int (classes, classes), true class by row.
        per_class: precision and the rest.
        class_names: in the order of the class numbers.
        numbers: int (n,), which of the test images they are, in order.
        n_test: number of all test images; more than n at a moment that answered only some.
        things: what they are, "images" or "points".
    """

    probabilities: NDArray[np.float32]
    y_true: NDArray[np.int64]
    counts: NDArray[np.int64]
    per_class: PerClass
    class_names: tuple[str, ...]
    numbers: NDArray[np.int64]
    n_test: int
    things: str = "images"

    @classmethod
    def of(
        cls,
        probabilities: NDArray[np.float32],
        y_true: NDArray[np.int64],
        class_names: tuple[str, ...],
        numbers: NDArray[np.int64] | None = None,
        n_test: int | None = None,
        things: str = "images",
    ) -> Self:
        """With all that follows from the answers; to all test images where no numbers are given."""
        n = len(y_true)
        return cls(
            probabilities,
            y_true,
            confusion_matrix(probabilities, y_true),
            per_class(probabilities, y_true),
            class_names,
            np.arange(n) if numbers is None else numbers,
            n if n_test is None else n_test,
            things,
        )

    def count(self, number: int) -> str:
        """So many of them: "1 image", "1,200 points"."""
        return f"{number:,} {self.things[:-1] if number == 1 else self.things}"

    @property
    def total(self) -> int:
        """Number of test images that were answered."""
        return len(self.y_true)

    @property
    def partial(self) -> bool:
        """Whether only some of the test images were answered."""
        return self.total < self.n_test

    @property
    def errors(self) -> int:
        """Number of wrong answers."""
        return self.total - int(np.trace(self.counts))

    @cached_property
    def accuracy(self) -> float:
        """Share of right answers, 0 to 1."""
        return accuracy(self.probabilities, self.y_true)

    @cached_property
    def loss(self) -> float:
        """Their mean cross-entropy, NaN for a network that diverged."""
        return cross_entropy(self.probabilities, self.y_true)

    def by_number(self) -> "Answers":
        """The same with a row for every test image, at its number; NaN where it has no answer."""
        if not self.partial:
            return self
        probabilities = np.full((self.n_test, len(self.class_names)), np.nan, np.float32)
        y_true = np.zeros(self.n_test, np.int64)
        probabilities[self.numbers], y_true[self.numbers] = self.probabilities, self.y_true
        every = np.arange(self.n_test)
        return replace(self, probabilities=probabilities, y_true=y_true, numbers=every)


def answers_of(run: Run) -> Answers | None:
    """The run's answers; None, and words on the page, where its files are gone."""
    try:
        return _read(run.id, *_labelled(run))
    except FileNotFoundError:
        st.error(_MISSING, icon=":material/error:")
        return None


def answers_at(run: Run, place: Place) -> Answers | None:
    """What the network answered at a moment of its training; as `answers_of` at the end."""
    if place.end:
        return answers_of(run)
    try:
        return _recorded(run.id, place.step, *_labelled(run), sizes(run.experiment.dataset)[2])
    except FileNotFoundError:
        st.error(_MISSING, icon=":material/error:")
        return None


def counts_at(run: Run, place: Place) -> NDArray[np.int64] | None:
    """The confusion matrix at a moment, int (classes, classes); None where its file is gone."""
    try:
        if place.end:
            return _read(run.id, *_labelled(run)).counts
        return _counts(run.id, place.step)
    except FileNotFoundError:
        return None


def _labelled(run: Run) -> tuple[tuple[str, ...], str]:
    """The classes, and what has them."""
    described = info_of(run.experiment.dataset)
    return described.classes, described.kind


@st.cache_resource(show_spinner=False, max_entries=32)
def _read(run_id: str, class_names: tuple[str, ...], things: str) -> Answers:
    """Read once a process: a complete run does not change."""
    result = RunFiles(run_id).read_result()
    if result is None:
        raise FileNotFoundError(run_id)
    return Answers.of(result.probabilities, result.y_test, class_names, things=things)


# Some hundred kilobytes each.
@st.cache_resource(show_spinner=False, max_entries=120)
def _recorded(
    run_id: str, step: int, class_names: tuple[str, ...], things: str, n_test: int
) -> Answers:
    """Read once a process: a moment that is recorded again is the same to the bit."""
    found = Moments(run_id).read_answers(step)
    return Answers.of(
        found.probabilities.astype(np.float32),
        found.y_true.astype(np.int64),
        class_names,
        found.indices.astype(np.int64),
        n_test,
        things,
    )


# A few hundred bytes each; a chart asks for those of all moments at once.
@lru_cache(maxsize=2000)
def _counts(run_id: str, step: int) -> NDArray[np.int64]:
    found = Moments(run_id).read_answers(step)
    return confusion_matrix(found.probabilities, found.y_true)
