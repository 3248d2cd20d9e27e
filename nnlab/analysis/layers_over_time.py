"""How the layers of a network went over a run, from what was recorded of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from nnlab.runs.moments import Distribution, LayerFacts, Moment

Quantity = Literal["weights", "activations", "gradients"]
QUANTITIES: tuple[Quantity, ...] = get_args(Quantity)
# Of these a unit can give 0 to every image, and of these it can stay at an end of its range.
MAY_DIE, MAY_SATURATE = ("relu",), ("sigmoid", "tanh")
# A unit of which so many outputs lie at an end is saturated.
SATURATED_FROM = 0.95
# These hand on what they get, or some of it.
_HAND_ON = ("Flatten", "Dropout")

Units = NDArray[np.int64]


@dataclass(frozen=True)
class LayerMoment:
    """A layer at one moment.

    Attributes:
        distributions: by quantity; None for weights and gradients of a layer without a kernel.
        dead: which units, from 0, gave 0 for every image of the sample, int64 (k,), in order;
            empty for a layer whose units cannot die.
        saturated: which units had nearly all outputs at an end of their range, the same.
    """

    distributions: Mapping[Quantity, Distribution | None] = field(repr=False)
    dead: Units
    saturated: Units


@dataclass(frozen=True)
class Layer:
    """A layer through all moments.

    Attributes:
        position: in the network, from 0, layers without weights among them.
        kind: its Keras class.
        activation: name of its activation, None for none.
        units: number of its units, or of its filters.
        moments: in order.
    """

    position: int
    kind: str
    activation: str | None
    units: int
    moments: tuple[LayerMoment, ...] = field(repr=False)

    @property
    def may_die(self) -> bool:
        """Whether its activation is 0 over half of its range."""
        return self.activation in MAY_DIE

    @property
    def may_saturate(self) -> bool:
        """Whether its activation has two ends."""
        return self.activation in MAY_SATURATE

    @property
    def unit_word(self) -> str:
        """What its units are called."""
        return "filter" if self.kind == "Conv2D" else "unit"

    def silent(self, index: int) -> int:
        """How many of its units are dead or saturated at a moment."""
        return len(self.moments[index].dead) + len(self.moments[index].saturated)

    def has(self, quantity: Quantity) -> bool:
        """Whether there is anything to see of it."""
        if quantity == "activations":
            return self.kind not in _HAND_ON
        return any(moment.distributions[quantity] for moment in self.moments)

    def of(self, quantity: Quantity) -> list[Distribution]:
        """Its distributions, one a moment.

        Raises:
            ValueError: it has no such quantity.
        """
        found = [moment.distributions[quantity] for moment in self.moments]
        if not found or None in found:
            raise ValueError(f"layer {self.position} has no {quantity}")
        return [part for part in found if part is not None]


@dataclass(frozen=True)
class LayersOverTime:
    """All layers of a run.

    Attributes:
        steps: of the moments, in order.
        epochs: the same in epochs.
        layers: in the order of the network; none where there is no moment.
    """

    steps: tuple[int, ...]
    epochs: tuple[float, ...]
    layers: tuple[Layer, ...] = field(repr=False)

    def index(self, step: int) -> int:
        """Which moment is at `step`: the last one not after it, else the first."""
        return max(int(np.searchsorted(self.steps, step, side="right")) - 1, 0)

    def with_(self, quantity: Quantity) -> list[Layer]:
        """The layers of which there is something to see."""
        return [layer for layer in self.layers if layer.has(quantity)]


@dataclass(frozen=True)
class Seen:
    """What is kept of a moment for this: a small part of it.

    Attributes:
        step, epoch: when.
        layers: of each its kind, activation, number of units, and how it stood.
    """

    step: int
    epoch: float
    layers: tuple[tuple[str, str | None, int, LayerMoment], ...] = field(repr=False)


def seen(moment: Moment) -> Seen:
    """What is kept of a moment."""
    layers = tuple(
        (facts.kind, facts.activation, len(facts.zero_share), _layer_moment(facts))
        for facts in moment.layers
    )
    return Seen(moment.step, moment.epoch, layers)


def over_time(moments: Sequence[Seen]) -> LayersOverTime:
    """The moments of one run, in order, told by layer."""
    columns = zip(*(moment.layers for moment in moments), strict=True)
    layers = tuple(_layer(position, column) for position, column in enumerate(columns))
    steps, epochs = [m.step for m in moments], [m.epoch for m in moments]
    return LayersOverTime(tuple(steps), tuple(epochs), layers)


def _layer(position: int, column: Sequence[tuple[str, str | None, int, LayerMoment]]) -> Layer:
    kind, activation, units, _ = column[0]
    return Layer(position, kind, activation, units, tuple(moment for *_, moment in column))


def _layer_moment(facts: LayerFacts) -> LayerMoment:
    dead = facts.activation in MAY_DIE
    ends = facts.activation in MAY_SATURATE
    none = np.zeros(0, np.int64)
    return LayerMoment(
        {
            "weights": facts.weights,
            "activations": facts.activations,
            "gradients": facts.gradients,
        },
        np.flatnonzero(facts.zero_share == 1) if dead else none,
        np.flatnonzero(facts.saturated_share >= SATURATED_FROM) if ends else none,
    )


def gradient_ratio(layers: Sequence[Layer], index: int) -> float | None:
    """How many times smaller gradients are in the first of the layers than in the last.

    By their standard deviation at moment `index`; below 1 where they are larger there. None where
    that is no number, or there are fewer than two layers.
    """
    if len(layers) < 2:
        return None
    first, last = (layer.of("gradients")[index].std for layer in (layers[0], layers[-1]))
    ratio = last / first if first > 0 else np.inf
    return float(ratio) if np.isfinite(ratio) and ratio > 0 else None
