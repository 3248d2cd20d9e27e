"""What a visitor asks of a run on the What if page."""

from dataclasses import dataclass, field

import streamlit as st

from nnlab.analysis.changes import KINDS, Kind

_KEY = "nnlab_what_if_look"

IMAGES, UNITS, DROPOUT, CLASSES = (
    "Change the images", "Switch off units", "Leave dropout on", "Silence a class",
)  # fmt: skip
ALL = -1  # layers
QUESTIONS = (IMAGES, UNITS, DROPOUT, CLASSES)


@dataclass
class Look:
    """One run as it is asked.

    Attributes:
        run_id: the run.
        kind: what is done to the images.
        position: how much of it, as a number of its curve's point, for each kind.
        also: other kinds whose curves are in the chart.
        other: a run to compare with, "" for none.
        example: which of the tested images is shown getting harder.
        layer: whose units are switched off, by its place among the hidden layers.
        way: how they are chosen: an order of `nnlab.analysis.surgery`, or "chosen" by number.
        n_off: how many, by layer.
        chosen: their numbers, by layer.
        dropped: which Dropout layer stays on, `ALL` for all.
        rate_at: their rate, as a number of the curve's point; None for the trained one.
        silenced: classes.
        stopped: the curves that the visitor has stopped.
    """

    run_id: str
    kind: Kind = "rotation"
    position: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 3))
    also: list[Kind] = field(default_factory=list)
    other: str = ""
    example: int = 0
    layer: int | None = None
    way: str = "weakest"
    n_off: dict[int, int] = field(default_factory=dict)
    chosen: dict[int, list[int]] = field(default_factory=dict)
    dropped: int = ALL
    rate_at: int | None = None
    silenced: list[int] = field(default_factory=list)
    stopped: set[str] = field(default_factory=set)

    def key(self, name: str) -> str:
        """Key of a widget that asks this run."""
        return f"what-if-{self.run_id}-{name}"


def look_at(run_id: str) -> Look:
    """This visitor's questions to a run, as they were left."""
    looks = st.session_state.setdefault(_KEY, {})
    return looks.setdefault(run_id, Look(run_id))
