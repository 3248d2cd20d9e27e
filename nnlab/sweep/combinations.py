"""The different settings of a sweep that is drawn from lists and whole numbers: there is an end."""

from collections.abc import Sequence
from math import prod
from random import Random
from typing import Any

from nnlab.sweep.axis import Axis
from nnlab.sweep.settings import Sweep


def combinations(sweep: Sweep) -> int | None:
    """How many different trials there are; None where a setting may be any number of a range."""
    places = [_places(axis) for axis in sweep.axes]
    return None if None in places else prod(len(each) for each in places if each is not None)


def not_yet_begun(
    sweep: Sweep, begun: Sequence[dict[str, Any]], seed: int
) -> dict[str, Any] | None:
    """Settings that are not among `begun`, None where all are, or where there is no end of them.

    The first such combination from a random one on, in the order of a grid.

    Args:
        sweep: what is tried.
        begun: settings of all trials, values by path.
        seed: another one, another start.
    """
    count = combinations(sweep)
    if not count:
        return None
    start = Random(seed).randrange(count)
    for step in range(min(count, len(begun) + 1)):
        chosen = _combination(sweep, (start + step) % count)
        if chosen not in begun:
            return chosen
    return None


def _combination(sweep: Sweep, number: int) -> dict[str, Any]:
    chosen = {}
    for axis in reversed(sweep.axes):
        places = _places(axis)
        assert places is not None
        number, place = divmod(number, len(places))
        chosen[axis.path] = places[place]
    return {axis.path: chosen[axis.path] for axis in sweep.axes}


def _places(axis: Axis) -> Sequence[Any] | None:
    if axis.values is not None:
        return list(dict.fromkeys(axis.values))  # 1 and 1.0 are one setting
    assert axis.low is not None
    assert axis.high is not None
    return range(int(axis.low), int(axis.high) + 1) if axis.whole else None
