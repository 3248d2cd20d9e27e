"""What a visitor has chosen to compare and how it is shown, kept through reloads."""

from collections.abc import Iterable
from typing import Literal

import streamlit as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nnlab.ui.resources import engine

_KEY = "nnlab_compare"
_DRAFT = "compare"
METRICS = ("Training loss", "Training accuracy", "Validation loss", "Validation accuracy")
Metric = Literal["Training loss", "Training accuracy", "Validation loss", "Validation accuracy"]
PLACES = ("Epoch", "Step", "Seconds of training")
Place = Literal["Epoch", "Step", "Seconds of training"]
MOST_SEEDS = 20


class Look(BaseModel):
    """What is compared.

    Attributes:
        chosen: ids of runs, in the order in which they were chosen.
        search: words that runs in the list have.
        metric, place: the axes of the curves.
        smoothing: weight of the moving average.
        seeds_together: curves of one experiment as their mean with a band.
        setting, result: of the scatter; None for the first.
        seeds: how many each setting is to be repeated over.
        generation: counts up when the choice is changed by other means than the list.
    """

    model_config = ConfigDict(extra="ignore", validate_assignment=True)

    chosen: tuple[str, ...] = ()
    search: str = Field("", max_length=200)
    metric: Metric = "Training loss"
    place: Place = "Epoch"
    smoothing: float = Field(0.0, ge=0, le=0.99)
    seeds_together: bool = True
    setting: str | None = None
    result: str | None = None
    seeds: int = Field(5, ge=2, le=MOST_SEEDS)
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
