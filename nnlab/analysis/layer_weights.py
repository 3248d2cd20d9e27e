"""The weights of a network by layer, told apart without TensorFlow."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nnlab.experiment import (
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Experiment,
    Output,
    Settings,
)


@dataclass(frozen=True)
class LayerWeights:
    """A layer that multiplies its inputs by weights.

    Attributes:
        index: its place among the network's layers, from 0; the output comes last.
        settings: Dense, Conv2D or Output.
        kernel: float32 (inputs, units), or (height, width, channels, filters).
        bias: float32 (units,).
    """

    index: int
    settings: Settings
    kernel: NDArray[np.float32] = field(repr=False)
    bias: NDArray[np.float32] = field(repr=False)

    @property
    def units(self) -> int:
        """How many units, or filters, it has."""
        return self.kernel.shape[-1]


def layer_weights(
    experiment: Experiment, weights: Mapping[str, NDArray]
) -> tuple[LayerWeights, ...]:
    """The layers with weights, in their order.

    Args:
        experiment: what was trained.
        weights: by the names of `nnlab.models.state`: `model.0` and so on, layer by layer, of each
            first what it learns, then what it keeps, then the state of its random numbers.

    Raises:
        ValueError: the weights are not those of such a network.
    """
    found, number = [], 0
    for index, layer in enumerate((*experiment.layers, experiment.output)):
        if isinstance(layer, Dense | Conv2D | Output):
            kernel, bias = _float32(weights, number), _float32(weights, number + 1)
            if bias.shape != kernel.shape[-1:]:
                raise ValueError(f"model.{number} and the next are no kernel with its bias")
            found.append(LayerWeights(index, layer, kernel, bias))
        number += _variables(layer, weights.get(f"model.{number}"))
    return tuple(found)


def _variables(layer: Settings, first: NDArray | None) -> int:
    """How many arrays a layer has: weights, running statistics, the state of a dropout's seed.

    Dropout of rate 0 had no seed in runs of older versions: `first`, the array at its place, tells.
    """
    if isinstance(layer, Dense | Conv2D | Output):
        return 2
    if isinstance(layer, BatchNormalization):
        return 4
    return int(isinstance(layer, Dropout) and first is not None and first.dtype.kind in "iu")


def _float32(weights: Mapping[str, NDArray], number: int) -> NDArray[np.float32]:
    try:
        return weights[f"model.{number}"].astype(np.float32, copy=False)
    except KeyError:
        raise ValueError(f"model.{number} is missing among the weights") from None


def norms(kernel: NDArray[np.floating]) -> NDArray[np.float64]:
    """Length of each unit's weight vector, the root of the sum of its squares: (units,)."""
    flat = kernel.reshape(-1, kernel.shape[-1]).astype(np.float64)
    return np.sqrt(np.sum(flat * flat, axis=0))


def unit_images(
    kernel: NDArray[np.floating], input_shape: tuple[int, ...]
) -> NDArray[np.floating] | None:
    """Each unit's weights laid out as what it sees: (units, height, width, channels).

    Args:
        kernel: (height · width · channels, units), or that of a convolution.
        input_shape: what the layer, or the Flatten before it, sees: (height, width, channels).

    Returns:
        None where what it sees is no image.
    """
    if kernel.ndim == 4:
        return np.moveaxis(kernel, -1, 0)
    if len(input_shape) != 3 or np.prod(input_shape) != len(kernel):
        return None
    return kernel.T.reshape(-1, *input_shape)


@dataclass(frozen=True)
class Outgoing:
    """What the units of the next layer make of one unit.

    Attributes:
        values: float64 (units of the next layer,).
        signed: they are weights themselves; else each is the length of several weights.
    """

    values: NDArray[np.float64]
    signed: bool


def outgoing(layer: LayerWeights, unit: int, following: LayerWeights) -> Outgoing:
    """The weights by which the next layer with weights takes the output of `unit`.

    Between a unit and a unit of a Dense layer there is one weight. Where a filter's whole map goes
    into it, or from filter to filter, there are several, told by the root of their sum of squares.

    Raises:
        ValueError: `following` does not fit behind `layer`.
    """
    kernel = following.kernel
    channels = kernel.shape[2] if kernel.ndim == 4 else layer.units
    if channels != layer.units or len(kernel.reshape(-1, following.units)) % channels:
        raise ValueError("the two layers do not follow one another")
    parts = kernel.reshape(-1, channels, following.units)[:, unit].astype(np.float64)
    if len(parts) == 1:
        return Outgoing(parts[0], True)
    return Outgoing(np.sqrt(np.sum(parts * parts, axis=0)), False)
