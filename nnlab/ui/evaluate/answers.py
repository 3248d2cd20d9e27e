"""What a run's network said about the test images, and all that follows from it."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.evaluation import PerClass, confusion_matrix, per_class
from nnlab.datasets import info_of
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.run import Run


@dataclass(frozen=True)
class Answers:
    """A network's answers; to be read only, as all visitors share them.

    Attributes:
        probabilities: float (n, classes), a row for each test image.
        y_true: int (n,), the right classes.
        counts: the confusion matrix, int (classes, classes), true class by row.
        per_class: precision and the rest.
        class_names: in the order of the class numbers.
    """

    probabilities: NDArray[np.float32]
    y_true: NDArray[np.int64]
    counts: NDArray[np.int64]
    per_class: PerClass
    class_names: tuple[str, ...]

    @property
    def total(self) -> int:
        """Number of test images."""
        return len(self.y_true)

    @property
    def errors(self) -> int:
        """Number of wrong answers."""
        return self.total - int(np.trace(self.counts))


def answers_of(run: Run) -> Answers | None:
    """The run's answers; None, and words on the page, where its files are gone."""
    try:
        return _read(run.id, info_of(run.experiment.dataset).classes)
    except FileNotFoundError:
        st.error(
            "The files of this run are missing or damaged, so it cannot be evaluated. Train it"
            " again from the Train page.",
            icon=":material/error:",
        )
        return None


@st.cache_resource(show_spinner=False, max_entries=32)
def _read(run_id: str, class_names: tuple[str, ...]) -> Answers:
    """Read once a process: a complete run does not change."""
    result = RunFiles(run_id).read_result()
    if result is None:
        raise FileNotFoundError(run_id)
    return _evaluated(result, class_names)


def _evaluated(result: Result, class_names: tuple[str, ...]) -> Answers:
    probabilities, y_true = result.probabilities, result.y_test
    counts = confusion_matrix(probabilities, y_true)
    return Answers(probabilities, y_true, counts, per_class(probabilities, y_true), class_names)
