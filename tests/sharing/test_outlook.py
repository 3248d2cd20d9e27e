"""The time left that is told, against a simulation of runs that share."""

import random

import pytest

from nnlab.work.outlook import shared_seconds


def simulated(demands: list[float], workers: int, which: int, slice_: float = 0.01) -> float:
    """Seconds until run `which` ends, when all get equal slices of the workers, round after round.

    A run is on one worker at a time, and a worker that has nothing left takes from the others.
    """
    left = list(demands)
    now = 0.0
    while left[which] > 1e-9:
        active = [n for n, seconds in enumerate(left) if seconds > 1e-9]
        share = min(1.0, workers / len(active)) * slice_
        for n in active:
            left[n] -= share
        now += slice_
    return now


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("seed", range(5))
def test_it_is_when_the_run_ends(workers: int, seed: int):
    chance = random.Random(seed)
    demands = [chance.uniform(1, 20) for _ in range(chance.randint(1, 12))]
    for which, own in enumerate(demands):
        others = [seconds for n, seconds in enumerate(demands) if n != which]
        told = shared_seconds(own, others, workers)
        # Exact for one worker. With several, runs that end last have a worker of their own.
        allowed = 0.02 if workers == 1 else 0.25
        assert told == pytest.approx(simulated(demands, workers, which), rel=allowed)


def test_alone_or_on_workers_enough_it_is_the_runs_own_time():
    assert shared_seconds(10, [], 1) == 10
    assert shared_seconds(10, [30], 2) == 10


def test_an_unknown_demand_counts_as_large():
    assert shared_seconds(10, [None, None], 1) == 30
