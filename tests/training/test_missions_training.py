"""Missions judged on real trainings. All of them: `python -m benchmarks.missions`."""

import pytest

from benchmarks.missions import SOLUTIONS, facts_of
from nnlab.experiment import with_settings
from nnlab.missions import MISSIONS, PLAYGROUND


def test_the_playground_begins_with_a_network_that_learns_the_spiral():
    facts = facts_of(PLAYGROUND)
    assert facts.test >= 0.97
    assert facts.train >= 0.97


def test_every_mission_has_a_solution_that_is_tried():
    assert set(SOLUTIONS) == set(MISSIONS)


@pytest.mark.parametrize("name", ["learning-rate", "imbalance"])
def test_a_mission_is_passed_by_its_solution_and_not_before(name: str):
    mission, runs = MISSIONS[name], []
    for changes in SOLUTIONS[name]:
        assert not mission.check(runs).passed
        runs.append(facts_of(with_settings(mission.experiment, changes)))
    verdict = mission.check(runs)
    assert verdict.passed, verdict.words
