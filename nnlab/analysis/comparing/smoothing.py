"""A noisy curve made smooth, as TensorBoard does it."""

from collections.abc import Sequence
from math import isfinite


def smoothed(values: Sequence[float | None], weight: float) -> list[float | None]:
    """An exponential moving average without the pull towards 0 at its beginning.

    With m₀ = 0, mₙ = w·mₙ₋₁ + (1 − w)·yₙ, the n-th value is mₙ / (1 − wⁿ): the division makes the
    weights of all values so far add up to 1. The same formula as "smoothing" in TensorBoard
    (`classicSmoothing` in its line chart's data_transformer.ts), and the bias correction of Adam
    (Kingma and Ba, 2015, section 3).

    Args:
        values: in order; what is no finite number stays as None and is left out of the average.
        weight: w, from 0 (nothing is smoothed) to below 1.

    Raises:
        ValueError: another weight.
    """
    if not 0 <= weight < 1:
        raise ValueError(f"smoothing must be from 0 to below 1 (got {weight})")
    mean, count = 0.0, 0
    smooth: list[float | None] = []
    for value in values:
        if value is None or not isfinite(value):
            smooth.append(None)
            continue
        mean, count = weight * mean + (1 - weight) * value, count + 1
        smooth.append(mean / (1 - weight**count))
    return smooth
