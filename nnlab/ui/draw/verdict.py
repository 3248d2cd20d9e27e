"""A network's answer in words: how sure it is, and whether there is anything to be sure of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nnlab.ui.draw.ink import Remark
from nnlab.ui.wording import percent

TOP = 3

Tone = Literal["certain", "unsure", "none"]


@dataclass(frozen=True)
class Verdict:
    """What is said in large type, how it is meant, the confidence, and a remark."""

    label: str
    tone: Tone
    sure: str
    remark: str


def verdict(
    probabilities: NDArray[np.floating],
    names: Sequence[str],
    unsure_below: float,
    remark: Remark | None = None,
) -> Verdict:
    """The likeliest class, unless the network is unsure or the drawing is hopeless.

    Args:
        probabilities: (classes,).
        names: of the classes.
        unsure_below: probability of the likeliest class under which the network is unsure.
        remark: what there is to say of the drawing.
    """
    (best, share), (second, _) = top(probabilities, names, 2)
    sure = f"{confidence(share)} sure"
    if remark and remark.hopeless:
        named = f"A network names a class all the same: here {best}, {sure}."
        return Verdict("?", "none", remark.text, named)
    if share < unsure_below:
        return Verdict(best, "unsure", sure, f"I am not sure: it may also be {second}.")
    return Verdict(best, "certain", sure, remark.text if remark else "")


def top(
    probabilities: NDArray[np.floating], names: Sequence[str], count: int = TOP
) -> list[tuple[str, float]]:
    """The `count` likeliest classes by name, likeliest first, with their probabilities."""
    order = np.argsort(-probabilities, kind="stable")[:count]
    return [(names[i], float(probabilities[i])) for i in order]


def confidence(share: float) -> str:
    """A share in per cent that never claims to be certain."""
    return "over 99.9 %" if share > 0.999 else percent(share)
