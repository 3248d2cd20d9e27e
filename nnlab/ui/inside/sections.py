"""The sections of the Inside page, by the name on their button."""

from collections.abc import Callable

from nnlab.ui.inside.activations import activations
from nnlab.ui.inside.embedding import embedding
from nnlab.ui.inside.look import ACTIVATIONS, MAP, NEURON, OVER_TIME, WEIGHTS
from nnlab.ui.inside.neuron import one_neuron
from nnlab.ui.inside.over_time import over_time
from nnlab.ui.inside.view import View
from nnlab.ui.inside.weights import weights

SECTIONS: dict[str, Callable[[View], None]] = {
    WEIGHTS: weights,
    ACTIVATIONS: activations,
    NEURON: one_neuron,
    OVER_TIME: lambda view: over_time(view.run, view.place),
    MAP: lambda view: embedding(view.state, view.run, view.place),
}
# What can be seen of a network that learned from points.
WITHOUT_IMAGES = SECTIONS[OVER_TIME]
