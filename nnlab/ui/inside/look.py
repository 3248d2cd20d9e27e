"""What a visitor looks at on the Inside page."""

from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from nnlab.ui.evaluate.look import Filter

WEIGHTS, ACTIVATIONS, NEURON = "Weights", "Activations", "One neuron"
OVER_TIME, MAP = "Over time", "Map"

_KEY = "nnlab_inside"


@dataclass
class Look:
    """One run as it is looked at. Layers are counted from 0, the output last.

    Attributes:
        run_id: the run.
        scale: whether the units' weights share one scale of colours.
        order: of the units.
        page: of the units, from 1.
        unit: whose weights are shown large; None for the first on the page.
        source: where the image comes from.
        number: of the test image.
        cells: of the confusion matrix, from which images are offered.
        opened: layer and unit whose activation is shown large.
        layer: of the neuron that is taken apart; None for the first with weights.
        neuron: its number in the layer.
        place: row and column in a filter's map; None for the strongest.
        generation: counts up when one of these is set by other means than its widget.
    """

    run_id: str
    scale: Literal["common", "own"] = "common"
    order: Literal["number", "norm"] = "number"
    page: int = 1
    unit: int | None = None
    source: Literal["test", "matrix", "drawing"] = "test"
    number: int = 0
    cells: Filter = field(default_factory=Filter)
    opened: tuple[int, int] | None = None
    layer: int | None = None
    neuron: int = 0
    place: tuple[int, int] | None = None
    generation: int = 0

    def key(self, name: str) -> str:
        """Key of a chart, or of a widget whose value nothing else sets."""
        return f"inside-{self.run_id}-{name}"

    def fresh_key(self, name: str) -> str:
        """Key of a widget whose value is set by other means, too."""
        return f"{self.key(name)}-{self.generation}"

    def show_image(self, number: int) -> None:
        """Look at another test image."""
        self.number = number
        self.generation += 1

    def first_page(self) -> None:
        """The units stand in another order now."""
        self.page, self.unit = 1, None
        self.generation += 1

    def other_layer(self) -> None:
        """Another layer has other units."""
        self.neuron, self.place = 0, None
        self.generation += 1

    def other_neuron(self) -> None:
        """Another filter is strongest elsewhere."""
        self.place = None
        self.generation += 1


@dataclass
class Inside:
    """The open section, and each run as it was left."""

    section: str = WEIGHTS
    turned: int = 0
    looks: dict[str, Look] = field(default_factory=dict)

    def open_neuron(self, look: Look, layer: int, unit: int) -> None:
        """Go on to the arithmetic of one neuron."""
        look.layer, look.neuron, look.place = layer, unit, None
        look.generation += 1
        self.section = NEURON
        self.turned += 1


def inside_state() -> Inside:
    """This visitor's choices."""
    return st.session_state.setdefault(_KEY, Inside())


def look_at(run_id: str) -> Look:
    """A run as it was left."""
    return inside_state().looks.setdefault(run_id, Look(run_id))
