"""The number of steps in a call follows the clock, not the model."""

from nnlab.training.pace import Pace


def settle(seconds_a_step: float, calls: int = 20) -> Pace:
    pace = Pace(target=0.1)
    for _ in range(calls):
        pace.measured(pace.steps, pace.steps * seconds_a_step)
    return pace


def test_calls_come_to_last_a_tenth_of_a_second():
    for seconds_a_step in (1e-5, 1e-3, 0.02):
        lasts = settle(seconds_a_step).steps * seconds_a_step
        assert 0.05 <= lasts <= 0.1


def test_a_slow_model_still_makes_one_step_a_call():
    assert settle(5.0).steps == 1


def test_one_slow_call_is_forgotten():
    pace = settle(1e-3)
    usual = pace.steps
    pace.measured(pace.steps, 10.0)
    assert pace.steps < usual
    for _ in range(10):
        pace.measured(pace.steps, pace.steps * 1e-3)
    assert pace.steps == usual


def test_an_empty_call_teaches_nothing():
    pace = Pace()
    pace.measured(0, 0.1)
    pace.measured(5, 0.0)
    assert pace.steps == 1
