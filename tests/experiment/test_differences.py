"""Which settings differ between experiments, and what they are called."""

import pytest

from nnlab.experiment import Experiment, with_settings
from nnlab.experiment.differences import differing, setting_label, settings_of


def columns(*changes: dict) -> dict:
    return differing([settings_of(with_settings(Experiment(), change)) for change in changes])


def test_nothing_differs_between_equal_experiments():
    assert differing([]) == {}
    assert columns({}) == {}
    assert columns({"name": "a"}, {"name": "b"}, {}) == {}


def test_only_what_differs_has_a_column_in_the_order_of_the_form():
    found = columns(
        {"training.epochs": 5, "dataset.name": "digits"},
        {"training.epochs": 5, "training.optimizer.learning_rate": 0.1},
        {"training.epochs": 6},
    )
    assert found == {
        "dataset.name": ["digits", "mnist", "mnist"],
        "training.epochs": [5, 5, 6],
        "training.optimizer.learning_rate": [0.001, 0.1, 0.001],
    }
    assert next(iter(found)) == "dataset.name"


def test_a_setting_that_only_some_have_counts_if_those_differ():
    sgd = {"type": "SGD", "learning_rate": 0.001}
    found = columns(
        {},
        {"training.optimizer": sgd},
        {"training.optimizer": sgd | {"momentum": 0.9}},
    )
    assert found == {
        "training.optimizer.type": ["Adam", "SGD", "SGD"],
        "training.optimizer.momentum": [None, 0.0, 0.9],
    }


def test_a_group_that_is_switched_on_in_some():
    found = columns({}, {"training.early_stopping": {"patience": 2}})
    assert found == {"training.early_stopping": ["off", "on"]}


def test_layers_of_the_same_kinds_are_compared_field_by_field():
    assert columns({"layers.1.units": 64}, {"layers.1.units": 256}) == {"layers.1.units": [64, 256]}


def test_other_stacks_are_told_whole():
    found = columns(
        {"layers": []},
        {"layers": [{"type": "Flatten"}, {"type": "Dense", "units": 32}]},
        {"layers": [{"type": "Flatten"}, {"type": "Dense", "units": 64}]},
    )
    assert found == {"layers": ["none", "Flatten → Dense 32", "Flatten → Dense 64"]}


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("training.optimizer.learning_rate", "Learning rate"),
        ("layers.1.units", "Layer 2 units"),
        ("output.activation", "Output activation"),
        ("training.schedule.alpha", "Schedule alpha"),
        ("dataset.name", "Data set"),
    ],
)
def test_a_setting_is_called_as_in_the_form(path: str, label: str):
    assert setting_label(path) == label


def test_no_two_settings_of_an_experiment_share_a_name():
    experiment = with_settings(
        Experiment(),
        {"training.early_stopping": {}, "training.schedule": {"type": "StepDecay"}},
    )
    labels = [setting_label(path) for path in settings_of(experiment)]
    assert len(set(labels)) == len(labels), labels
