"""How long a run still takes where several share the workers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Reason = Literal["own limit", "no room"]


@dataclass(frozen=True)
class Outlook:
    """What a page tells of a run that is not at its end.

    Attributes:
        sharing: how many runs are in the workers' hands, this one included; 0 while it waits.
        workers: how many workers they share.
        seconds_left: until its end, None while nothing is known of its speed, or while it waits.
        position: 1 for the next that is let in; None for a run that does not wait.
        reason: why it waits.
    """

    sharing: int
    workers: int
    seconds_left: float | None
    position: int | None = None
    reason: Reason | None = None


def shared_seconds(own: float, others: Sequence[float | None], workers: int) -> float:
    """Seconds until a run ends that needs `own` seconds of a worker, beside others.

    Equal sharing: until its end, each other run has had as much of the workers as this one, or all
    that it needs. (Processor sharing with a known demand; exact for one worker, and a lower bound
    for several, which cannot split a run.) An unknown demand counts as large.

    Args:
        own: seconds of a worker, at full speed.
        others: the same for those it shares with, None where unknown.
        workers: at least 1.
    """
    work = own + sum(own if other is None else min(own, other) for other in others)
    return max(own, work / workers)
