"""What the sections of the Inside page show: a run's network at one moment."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnlab.analysis.layer_weights import LayerWeights, layer_weights
from nnlab.architecture import LayerSummary, Shape
from nnlab.check import describe
from nnlab.datasets import DatasetInfo, info_of
from nnlab.runs.run import Run
from nnlab.runs.timeline import Place, Snapshot
from nnlab.ui.inside.look import Look
from nnlab.ui.state import State


@dataclass(frozen=True)
class View:
    """A network at a moment, and how it is looked at."""

    state: State
    run: Run
    place: Place
    snapshot: Snapshot
    look: Look

    @property
    def step(self) -> int | None:
        """As workers are asked for the network: None for the one that a run ended with."""
        return self.place.moment

    @cached_property
    def dataset(self) -> DatasetInfo:
        """What is known of the images."""
        return info_of(self.run.experiment.dataset)

    @cached_property
    def layers(self) -> tuple[LayerSummary, ...]:
        """All layers, the output last."""
        return describe(self.run.experiment).layers

    @cached_property
    def weights(self) -> tuple[LayerWeights, ...]:
        """The layers with weights; empty where they were not recorded."""
        if self.snapshot.weights is None:
            return ()
        return layer_weights(self.run.experiment, self.snapshot.weights)

    @property
    def half(self) -> bool:
        """Whether the weights of this moment were recorded in half precision."""
        kept = (self.snapshot.weights or {}).values()
        return any(array.dtype == np.float16 for array in kept)

    def seen_shape(self, index: int) -> Shape:
        """What a layer sees, before a Flatten lays it out: (height, width, channels), or (n,)."""
        for before in reversed(self.layers[:index]):
            if before.type == "Dense":
                break
            if before.type == "Flatten" and len(before.input_shape or ()) == 3:
                return before.input_shape or ()
        return self.layers[index].input_shape or ()

    def sees_pixels(self, index: int) -> bool:
        """Whether the image itself reaches the layer, laid out or not."""
        return all(before.type in ("Flatten", "Dropout") for before in self.layers[:index])

    def unit_label(self, index: int, unit: int) -> str:
        """A unit's number, or the class of an output."""
        return self.dataset.classes[unit] if self.layers[index].index is None else str(unit)

    def unit_word(self, index: int) -> str:
        """What the units of a layer are called."""
        layer = self.layers[index]
        if layer.index is None:
            return "class"
        if layer.type == "Conv2D":
            return "filter"
        return "map" if len(layer.output_shape or ()) == 3 else "unit"

    def unit_name(self, index: int, unit: int) -> str:
        """Both, e.g. "unit 12"."""
        return f"{self.unit_word(index)} {self.unit_label(index, unit)}"
