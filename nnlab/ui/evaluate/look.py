"""What a visitor looks at on the Evaluate page."""

from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from nnlab.analysis.evaluation import Which

ANY = -1

_KEY = "nnlab_evaluate_look"


@dataclass
class Filter:
    """Which of the test images are shown: class numbers or `ANY`, and a page from 1.

    `generation` counts up when it is set by other means than its own widgets; part of their keys.
    """

    which: Which = "all"
    true: int = ANY
    predicted: int = ANY
    page: int = 1
    generation: int = 0

    @property
    def classes(self) -> dict[str, int | None]:
        """The two classes as `nnlab.analysis.evaluation.select` wants them."""
        return {
            "true_class": None if self.true == ANY else self.true,
            "predicted_class": None if self.predicted == ANY else self.predicted,
        }

    @property
    def empty(self) -> bool:
        """Whether neither class is chosen."""
        return self.true == ANY and self.predicted == ANY

    def choose(self, true: int, predicted: int) -> None:
        """Look at one pair of classes, from its first page."""
        self.true, self.predicted, self.page = true, predicted, 1
        self.generation += 1

    def turn_back(self) -> None:
        """To the first page: other images are shown now."""
        self.page = 1


@dataclass
class Look:
    """One run as it is looked at.

    Attributes:
        run_id: the run.
        sheet: the images on the prediction sheet.
        cells: the cells of the confusion matrix whose images are shown beside it.
        matrix: what the confusion matrix has written in its cells.
        number: of an image to open, as typed.
        typed: how many were opened so; part of that field's key.
        opened: the image to show in a dialog now, None for none.
    """

    run_id: str
    sheet: Filter = field(default_factory=Filter)
    cells: Filter = field(default_factory=Filter)
    matrix: Literal["counts", "shares"] = "counts"
    number: int | None = None
    typed: int = 0
    opened: int | None = None

    def open_number(self) -> None:
        """Open the image whose number was typed, and empty the field for the next."""
        self.opened, self.number = self.number, None
        self.typed += 1

    def key(self, name: str) -> str:
        """Key of a widget that shows this run."""
        return f"evaluate-{self.run_id}-{name}"


def look_at(run_id: str) -> Look:
    """This visitor's look at a run, as it was left."""
    looks = st.session_state.setdefault(_KEY, {})
    return looks.setdefault(run_id, Look(run_id))
