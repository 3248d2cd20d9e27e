"""What a visitor has chosen to compare and how it is shown, kept through reloads."""

from collections.abc import Iterable
from typing import Literal, get_args

import streamlit as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nnlab.analysis.comparing.expectation import ERRORS, POINTS
from nnlab.analysis.comparing.places import Place
from nnlab.ui.resources import engine

_KEY = "nnlab_compare"
_DRAFT = "compare"
Metric = Literal[
    "Training loss", "Training accuracy", "Training error",
    "Validation loss", "Validation accuracy", "Validation error",
]  # fmt: skip
METRICS: tuple[Metric, ...] = get_args(Metric)
Order = Literal[
    "Newest first", "Oldest first", "Name", "Data set",
    "Best test accuracy", "Lowest test error", "Lowest test loss",
]  # fmt: skip
ORDERS: tuple[Order, ...] = get_args(Order)
Judged = Literal["Test accuracy", "Test error", "Test loss"]
JUDGED: tuple[Judged, ...] = get_args(Judged)
View = Literal["A setting against a result", "All settings side by side"]
VIEWS: tuple[View, ...] = get_args(View)
SEEDS = (2, 10)


class Look(BaseModel):
    """What is compared.

    Attributes:
        chosen: ids of runs, in the order in which they were chosen.
        search, order, page: of the list of runs; pages count from 1.
        metric, place: the axes of the curves.
        smoothing: weight of the moving average.
        seeds_together: curves of one experiment as their mean with a band.
        view, setting, result: of the charts of settings; None for the first.
        judged, reference: what is tested, and the setting that others are tested against.
        seeds: how many each setting is to be repeated over.
        with_train: what the Train page shows is one of the settings, too.
        expected, points, error: the expectation that is being filled in: which setting is best (a
            key, or "none" for no difference, None for no expectation), by how many points, and
            where numbers are learned by how much error.
        generation: counts up when the choice is changed by other means than the list.
    """

    model_config = ConfigDict(extra="ignore", validate_assignment=True)

    chosen: tuple[str, ...] = ()
    search: str = Field("", max_length=200)
    order: Order = "Newest first"
    page: int = Field(1, ge=1)
    metric: Metric = "Training loss"
    place: Place = "Epoch"
    smoothing: float = Field(0.0, ge=0, le=0.99)
    seeds_together: bool = True
    view: View = "A setting against a result"
    setting: str | None = None
    result: str | None = None
    judged: Judged = "Test accuracy"
    reference: str | None = None
    seeds: int = Field(3, ge=SEEDS[0], le=SEEDS[1])
    with_train: bool = False
    expected: str | None = Field(None, max_length=64)
    points: float = Field(1.0, ge=POINTS[0], le=POINTS[1])
    error: float = Field(0.01, ge=ERRORS[0], le=ERRORS[1])
    generation: int = 0

    def choose(self, ids: Iterable[str]) -> None:
        """Compare these, whatever the list said."""
        self.chosen = tuple(dict.fromkeys(ids))
        self.generation += 1


def look_of(owner: str) -> Look:
    """The visitor's, as it was left."""
    if _KEY not in st.session_state:
        try:
            st.session_state[_KEY] = Look.model_validate(engine().drafts.get(owner, _DRAFT) or {})
        except ValidationError:  # written by another version
            st.session_state[_KEY] = Look()
    return st.session_state[_KEY]


def keep(look: Look, owner: str) -> None:
    """Keep it for the next visit, where it has changed."""
    value = look.model_dump(mode="json", exclude={"generation"})
    kept = f"{_KEY}_kept"
    if st.session_state.get(kept) != value:
        engine().drafts.put(owner, _DRAFT, value)
        st.session_state[kept] = value
