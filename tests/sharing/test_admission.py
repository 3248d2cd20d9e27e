"""Who comes next, when not all can."""

from collections import Counter

from nnlab.work.admission import Inside, Waiting, admitted, in_order
from nnlab.work.slots import LARGE, SMALL

ROOM = {SMALL: 4, LARGE: 1}
NOBODY = Inside({}, {})


def waiting(*owners: str, room: int = 1) -> list[Waiting]:
    return [Waiting(f"{owner}{n}", owner, SMALL, room) for n, owner in enumerate(owners)]


def names(runs: list[Waiting]) -> list[str]:
    return [run.run_id for run in runs]


def test_visitors_take_turns_in_the_queue():
    queue = waiting("a", "a", "a", "b", "c")
    assert names(in_order(queue, {})) == ["a0", "b3", "c4", "a1", "a2"]


def test_who_has_runs_in_hand_comes_after_who_has_none():
    queue = waiting("a", "b")
    assert names(in_order(queue, Counter(a=2))) == ["b1", "a0"]


def test_no_visitor_has_more_at_once_than_allowed():
    queue = waiting("a", "a", "a", "b")
    assert names(admitted(queue, NOBODY, ROOM, at_once=2)) == ["a0", "b3", "a1"]
    assert names(admitted(queue, Inside({"a": 2}, {SMALL: 2}), ROOM, at_once=2)) == ["b3"]


def test_only_as_many_as_there_is_room_for():
    queue = waiting("a", "b", "c", room=2)
    assert names(admitted(queue, NOBODY, ROOM, at_once=9)) == ["a0", "b1"]
    assert admitted(queue, NOBODY, {}, at_once=9) == []


def test_a_kind_without_room_does_not_hold_up_the_other():
    large = Waiting("big", "a", LARGE, 1)
    inside = Inside({}, {LARGE: 1})
    assert names(admitted([large, *waiting("b")], inside, ROOM, at_once=9)) == ["b0"]
