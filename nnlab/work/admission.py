"""Who comes next where more runs wait than there is room for, or than one visitor may have in hand.

Plain values: the engine asks before it hands a run to the workers, and a page to tell somebody's
place in the queue.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from nnlab.work.slots import Kind


@dataclass(frozen=True)
class Waiting:
    """A queued run: whose it is, which kind of worker it needs and how much room there."""

    run_id: str
    owner: str
    kind: Kind
    room: int


@dataclass(frozen=True)
class Inside:
    """What the workers have in hand.

    Attributes:
        of_owner: runs of each visitor.
        room: units that are taken, by kind of worker.
    """

    of_owner: Mapping[str, int]
    room: Mapping[Kind, int]

    @classmethod
    def of(cls, runs: Iterable[Waiting]) -> Self:
        """What runs amount to that waited once and have been let in."""
        of_owner: Counter[str] = Counter()
        room: Counter[Kind] = Counter()
        for run in runs:
            of_owner[run.owner] += 1
            room[run.kind] += run.room
        return cls(of_owner, room)


def in_order(waiting: Sequence[Waiting], of_owner: Mapping[str, int]) -> list[Waiting]:
    """Those who have least in hand first, as if each were let in; of equals who came first.

    Args:
        waiting: in the order in which they came.
        of_owner: runs of each visitor that the workers have in hand.
    """
    inside = Counter(dict(of_owner))
    left = list(waiting)
    ordered = []
    while left:
        chosen = min(left, key=lambda run: inside[run.owner])
        left.remove(chosen)
        inside[chosen.owner] += 1
        ordered.append(chosen)
    return ordered


def admitted(
    waiting: Sequence[Waiting], inside: Inside, room: Mapping[Kind, int], at_once: int
) -> list[Waiting]:
    """The waiting runs that may go to the workers now, in their order.

    Args:
        waiting: in the order in which they came.
        inside: what the workers have in hand.
        room: units of room of all workers together, by kind.
        at_once: the most runs of a visitor that may be in hand.
    """
    of_owner, taken = Counter(dict(inside.of_owner)), Counter(dict(inside.room))
    chosen = []
    for run in in_order(waiting, of_owner):
        fits = taken[run.kind] + run.room <= room.get(run.kind, 0)
        if fits and of_owner[run.owner] < at_once:
            of_owner[run.owner] += 1
            taken[run.kind] += run.room
            chosen.append(run)
    return chosen
