"""How fast it learns and how long it will take, against a clock of our own."""

import pytest

from nnlab.training.callbacks.speed import WINDOW_SECONDS, Speed


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_short_epochs_count_with_what_comes_between_them():
    clock = Clock()
    speed = Speed(clock)
    seen = []
    for _ in range(200):  # 2 ms of learning from 300 points, 70 ms until the next epoch begins
        clock.now += 0.001
        seen.append(speed.add(150))
        clock.now += 0.001
        seen.append(speed.add(150))
        clock.now += 0.07
    steady = seen[20:]
    assert min(steady) == pytest.approx(300 / 0.072, rel=0.1)
    assert max(steady) == pytest.approx(300 / 0.072, rel=0.1)


def test_a_training_that_slows_down_is_told_within_the_window():
    clock = Clock()
    speed = Speed(clock)
    for _ in range(100):
        clock.now += 0.1
        before = speed.add(1000)
    assert before == pytest.approx(10_000)
    for _ in range(int(WINDOW_SECONDS) + 1):
        clock.now += 1.0
        after = speed.add(1000)
    assert after == pytest.approx(1000)


def test_a_step_longer_than_the_window_is_measured_whole():
    clock = Clock()
    speed = Speed(clock)
    for _ in range(3):
        clock.now += 10 * WINDOW_SECONDS
        assert speed.add(40) == pytest.approx(40 / (10 * WINDOW_SECONDS))
