"""What can be changed in a trained network for one question, and orders of its units."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Order = Literal["random", "weakest", "strongest"]
ORDERS: tuple[Order, ...] = get_args(Order)


@dataclass(frozen=True)
class Surgery:
    """Changes of a network's work; the network itself stays as it is.

    Layers are counted from 0 through the hidden layers, as in an Experiment.

    Attributes:
        layer: whose units are switched off.
        off: those units, or a convolution's filters: the next layer with weights gets 0 from them.
        dropout: pairs of a Dropout layer and the rate with which it stays on.
        draw: which of the random draws those layers make.
        silenced: classes whose weights and bias in the output layer count as 0.
    """

    layer: int | None = None
    off: tuple[int, ...] = ()
    dropout: tuple[tuple[int, float], ...] = ()
    draw: int = 0
    silenced: tuple[int, ...] = ()


def unit_order(order: Order, norms: NDArray[np.floating], seed: list[int]) -> NDArray[np.int64]:
    """The units of a layer in the order in which they are switched off, int64 (units,).

    Args:
        order: "random"; "weakest" or "strongest" first, by the norm of their weights, as filters
            are chosen by Li et al. 2017, "Pruning Filters for Efficient ConvNets" (there the sum
            of absolute values). Of equals the first is first.
        norms: float (units,).
        seed: of the random order.

    Raises:
        ValueError: there is no such order.
    """
    match order:
        case "random":
            return np.random.default_rng(seed).permutation(len(norms))
        case "weakest":
            return np.argsort(norms, kind="stable")
        case "strongest":
            return np.argsort(-norms, kind="stable")
    raise ValueError(f"order must be one of {', '.join(ORDERS)}, not {order!r}")


def numbers_off(units: int, most: int = 16) -> list[int]:
    """How many units are off at the points of a curve: evenly spaced, none and all included."""
    return sorted({round(units * part / most) for part in range(most + 1)})
