"""What a count says of the share behind it."""

import math
from statistics import NormalDist


def wilson_interval(right: int, total: int, confidence: float = 0.95) -> tuple[float, float]:
    """Lowest and highest share, 0 to 1, that `right` of `total` is likely to come from.

    Wilson's score interval (Probable inference, the law of succession, and statistical inference,
    JASA 22, 1927), which holds for few observations and for shares near 0 and 1.

    Args:
        right: how often it happened.
        total: of how many.
        confidence: how often such intervals hold the share, 0 to 1.

    Raises:
        ValueError: `right` is not from 0 to `total`, or there are none.
    """
    if not 0 <= right <= total or not total:
        raise ValueError(f"need 0 to {total} of at least one, got {right} of {total}")
    z, share = NormalDist().inv_cdf((1 + confidence) / 2), right / total
    middle = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    spread = z / (1 + z**2 / total)
    spread *= math.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    return max(0.0, middle - spread), min(1.0, middle + spread)
