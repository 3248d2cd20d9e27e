"""The axis of a run's moments, which all charts over time of its network have in common."""

from collections.abc import Sequence
from math import isfinite
from typing import Any

from nnlab.figures import palette
from nnlab.figures.lesson import axis, upright

MOST_TICKS = 12
TITLE = "Moment of the training: start, part of the first epoch, epochs"


def moments_axis(epochs: Sequence[float], most: int = MOST_TICKS) -> dict[str, Any]:
    """Moments at equal distances, as on the time slider, named by how many epochs were done.

    Args:
        epochs: of the moments.
        most: how many names have room on a narrow page.
    """
    every = -(-len(epochs) // most)
    last = len(epochs) - 1
    shown = [place for place in range(len(epochs)) if (last - place) % every == 0]
    return axis(TITLE, -0.5, max(last, 0) + 0.5) | {
        "tickvals": shown,
        "ticktext": [moment_name(epochs[place]) for place in shown],
        "tickangle": 0,
        "showgrid": False,
        "fixedrange": True,
    }


def moment_name(epoch: float) -> str:
    """A moment in the fewest letters: "start", "12 %", "3"."""
    if epoch == 0:
        return "start"
    return f"{100 * epoch:.0f} %" if epoch < 1 else f"{epoch:g}"


def marker(index: int) -> dict[str, Any]:
    """A line at the moment that is looked at."""
    return upright(index, palette.VERMILLION, width=2, dash="solid")


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number_words(value: float) -> str:
    """A number in three digits as one writes it: 0.012, −0.5, 2.72·10⁻⁵."""
    digits, _, power = f"{value:.3g}".partition("e")
    words = f"{digits}·10{str(int(power)).translate(_RAISED)}" if power else digits
    return words.replace("-", "−")


def short(value: float, digits: int = 5) -> float | None:
    """With as many digits as a chart can show; None for what is no finite number."""
    return float(f"{value:.{digits}g}") if isfinite(value) else None
