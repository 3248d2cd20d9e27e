"""What a teacher's task leaves to the student."""

import pytest

from nnlab.experiment import Assignment, Experiment, InvalidExperiment, with_settings

RATE = "training.optimizer.learning_rate"
ONLY_RATE = Assignment(open=(RATE,))


def test_without_a_list_everything_is_open():
    assert not Assignment().locked("training.epochs")
    Assignment().check(with_settings(Experiment(), {"training.epochs": 50, "layers": []}))


def test_only_the_listed_settings_are_open():
    assert not ONLY_RATE.locked(RATE)
    assert ONLY_RATE.locked("training.epochs")
    assert ONLY_RATE.locked("training.optimizer")  # more than the rate is below it
    ONLY_RATE.check(with_settings(Experiment(), {RATE: 0.5}))


def test_a_path_opens_what_is_below_it_and_no_namesake():
    task = Assignment(open=("layers.1", "training.optimizer"))
    assert not task.locked("layers.1.units")
    assert not task.locked("training.optimizer.type")
    assert task.locked("layers.10.units")


def test_a_changed_locked_setting_is_refused_with_its_name_and_value():
    wanted = with_settings(Experiment(), {"training.epochs": 50, RATE: 0.5})
    with pytest.raises(InvalidExperiment) as refused:
        ONLY_RATE.check(wanted)
    assert [problem.field for problem in refused.value.problems] == ["training.epochs"]
    assert "must be 5" in str(refused.value)


def test_layers_cannot_be_added_or_taken_away_behind_the_lock():
    without = with_settings(Experiment(), {"layers": []})
    more = with_settings(
        Experiment(), {"layers": [*without.layers, {"type": "Flatten"}, {"type": "Flatten"}]}
    )
    for wanted in (without, more):
        with pytest.raises(InvalidExperiment):
            ONLY_RATE.check(wanted)


def test_the_name_is_always_ones_own():
    ONLY_RATE.check(with_settings(Experiment(), {"name": "Mine"}))
