"""A training that a lesson goes on with piece by piece."""

import pytest

from nnlab.ui.learn import live
from nnlab.ui.learn.live import LiveTraining, Moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still but when a piece is trained; its only entry is the time."""
    now = [100.0]
    monkeypatch.setattr(live.time, "monotonic", lambda: now[0])
    return now


def pieces_of(clock: list[float], seconds: float):
    def go_on(moment: Moment) -> Moment:
        clock[0] += seconds
        return {"n": moment["n"] + 1}

    return go_on


def test_a_slow_piece_at_a_time(clock: list[float]) -> None:
    training = LiveTraining(10, [{"n": 0}])
    training.advance(pieces_of(clock, 0.5), 1000)
    assert training.reached == 10
    training.advance(pieces_of(clock, 0.5), 1000)
    assert [moment["n"] for moment in training.moments] == [0, 1, 2]


def test_quick_pieces_in_one_go_but_not_beyond_the_target(clock: list[float]) -> None:
    training = LiveTraining(10, [{"n": 0}])
    training.advance(pieces_of(clock, 0.03), 1000)
    assert 10 < training.reached <= 50
    training.advance(pieces_of(clock, 0.0), 70)
    assert training.reached == 70
    training.advance(pieces_of(clock, 0.0), 70)
    assert training.reached == 70


def test_the_time_left_is_told_from_the_pace_since_it_began(clock: list[float]) -> None:
    training = LiveTraining(10, [{"n": 0}])
    assert training.seconds_left(100) is None
    training.advance(pieces_of(clock, 0.5), 100)
    assert training.seconds_left(100) == pytest.approx(9 * 0.5)
    training.rest()
    clock[0] += 1000
    training.advance(pieces_of(clock, 0.25), 100)
    assert training.seconds_left(100) == pytest.approx(8 * 0.25)


def test_a_step_between_two_moments_shows_the_one_before() -> None:
    training = LiveTraining(10, [{"n": n} for n in range(4)])
    assert [training.at(step) for step in (0, 9, 10, 29.9, 30, 1000)] == [0, 0, 1, 2, 3, 3]
