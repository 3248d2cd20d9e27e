"""A unit's weighted sum as an addition to follow: the largest products, then the rest together."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Digits of the largest number that are shown.
_SIGNIFICANT = 5
_MOST_DECIMALS = 12


@dataclass(frozen=True)
class NeuronPass:
    """One unit at work on one image.

    Attributes:
        inputs: float32, what reaches it: (n,), or for a filter (height, width, channels).
        weights: float32, of the same shape.
        bias: added to the weighted sum.
        z: the sum of both, as Keras computes it in float32.
        output: what its activation makes of that.
        place: row and column in a filter's map, None for a unit of a Dense layer.
        grid: float32 (points,), values around z.
        curve: float32 (points,), the activation there. For softmax with the layer's other sums
            as they are.
    """

    inputs: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: float
    z: float
    output: float
    place: tuple[int, int] | None
    grid: NDArray[np.float32]
    curve: NDArray[np.float32]


@dataclass(frozen=True)
class WeightedSum:
    """Figures that add up as they are shown, each rounded to `decimals`, up or down.

    Attributes:
        positions: int64 (k,), the inputs of the largest products, the largest first.
        products: of these, as whole numbers of the last decimal, like all that follow.
        rest: all other products together.
        bias, total: `sum(products) + rest + bias` is exactly the total.
        others: how many products that are not zero make up the rest.
        zeros: how many are zero.
        decimals: shown.
        exact: the sum with its bias before rounding, float64.
    """

    positions: NDArray[np.int64]
    products: tuple[int, ...]
    rest: int
    bias: int
    total: int
    others: int
    zeros: int
    decimals: int
    exact: float

    def text(self, units: int) -> str:
        """One of the whole numbers as a person reads it."""
        return f"{units / 10**self.decimals:.{self.decimals}f}".replace("-", "−")


def weighted_sum(
    inputs: NDArray[np.floating], weights: NDArray[np.floating], bias: float, most: int
) -> WeightedSum:
    """`inputs · weights + bias`, with at most `most` products by themselves.

    The product of two float32 is exact in float64, and so is nearly their sum; Keras adds in
    float32, which differs in the seventh digit or so.

    Args:
        inputs: (…), any shape.
        weights: of the same shape.
        bias: what is added.
        most: products that are not zero and shown one by one.

    Raises:
        ValueError: two shapes, or what is no finite number.
    """
    products = _products(inputs, weights)
    if not (np.isfinite(products).all() and math.isfinite(bias)):
        raise ValueError("not all of it is a finite number")
    order = np.argsort(-np.abs(products), kind="stable")
    shown = order[:most][products[order[:most]] != 0]
    others = np.delete(products, shown)
    parts = [*products[shown].tolist(), math.fsum(others.tolist()), float(bias)]
    decimals = _decimals(parts)
    rounded = rounded_to_sum(parts, decimals)
    return WeightedSum(
        positions=shown.astype(np.int64),
        products=tuple(rounded[:-2]),
        rest=rounded[-2],
        bias=rounded[-1],
        total=sum(rounded),
        others=int(np.count_nonzero(others)),
        zeros=int(np.count_nonzero(products == 0)),
        decimals=decimals,
        exact=math.fsum(parts),
    )


def _products(inputs: NDArray[np.floating], weights: NDArray[np.floating]) -> NDArray[np.float64]:
    if inputs.shape != weights.shape:
        raise ValueError(f"inputs {inputs.shape} do not fit weights {weights.shape}")
    return (inputs.astype(np.float64) * weights.astype(np.float64)).ravel()


def _decimals(parts: list[float]) -> int:
    """So many that the largest number shows its first digits."""
    largest = max(abs(part) for part in (*parts, math.fsum(parts)))
    if largest == 0:
        return _SIGNIFICANT - 1
    return min(max(_SIGNIFICANT - 1 - math.floor(math.log10(largest)), 0), _MOST_DECIMALS)


def rounded_to_sum(parts: list[float], decimals: int) -> list[int]:
    """Each part as a whole number of the last decimal, so that together they are the rounded sum.

    Largest remainders: all are rounded down, and those that lose most are rounded up until the
    sum is reached. Each differs from its exact value by less than one of the last decimal.
    """
    scaled = [part * 10**decimals for part in parts]
    down = [math.floor(value) for value in scaled]
    missing = round(math.fsum(scaled)) - sum(down)
    by_loss = sorted(range(len(parts)), key=lambda i: down[i] - scaled[i])
    for i in by_loss[:missing]:
        down[i] += 1
    return down
