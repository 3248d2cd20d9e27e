"""Changes while training: what is allowed, and what they make of an experiment."""

from typing import Any

import pytest

from nnlab.check import check
from nnlab.experiment import (
    MOST_CHANGES,
    SGD,
    Change,
    CosineDecay,
    Dataset,
    Dense,
    Dropout,
    Experiment,
    InvalidExperiment,
    Points,
    Training,
    changes_before,
    in_force,
    parse_experiment,
    with_changes,
    with_settings,
)
from nnlab.experiment.changes import RANGES
from nnlab.experiment.training import Training as Settings

# 400 points in 40 steps an epoch; two inputs.
BASE = Experiment(
    dataset=Dataset(name="circle", points=Points(), validation="test"),
    layers=(Dense(units=6), Dropout(rate=0.1)),
    training=Training(epochs=2, batch_size=10, optimizer=SGD(learning_rate=0.1)),
)
WEIGHT = {"field": "weight", "layer": 0, "unit": 1, "input": 0, "value": 2.0}


def refused(*changes: dict[str, Any], base: Experiment = BASE) -> list[str]:
    """What is said of them, where they are parsed or where they are checked."""
    data = base.model_dump(mode="json")
    data["training"]["changes"] = list(changes)
    with pytest.raises(InvalidExperiment) as caught:
        check(parse_experiment(data))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"field": "learning_rate", "value": 0}, "value", "from 1e-07 to 10 for learning rate"),
        ({"field": "l1", "value": -0.1}, "value", "from 0 to 1 for L1"),
        ({"field": "dropout", "value": 1.0}, "value", "for dropout"),
        ({**WEIGHT, "value": 1001}, "value", "from -1,000 to 1,000 for weight"),
        ({"field": "momentum", "value": 1}, "field", "'dropout'"),
        ({"field": "l2", "value": "much"}, "value", "number"),
        ({"field": "l2", "value": 0.1, "step": -1}, "step", "0"),
        ({"field": "l2", "value": 0.1, "step": 80}, "step", "from 0 to 79"),
        ({"field": "l2", "value": 0.1, "layer": 0}, "layer", "left out for L2"),
        ({"field": "weight", "value": 1, "layer": 0}, "unit", "which one"),
        ({**WEIGHT, "layer": 1}, "layer", "one of 0, 2"),
        ({**WEIGHT, "unit": 6}, "unit", "from 0 to 5"),
        ({**WEIGHT, "input": 2}, "input", "from 0 to 1"),
    ],
)
def test_what_is_not_allowed_is_named_with_what_is(change: dict, field: str, words: str):
    found = refused({"field": "l1", "value": 0.1}, change)
    assert len(found) == 1, found
    assert found[0].startswith(f"training.changes.1.{field}:")
    assert words in found[0]


def test_a_setting_that_the_experiment_does_not_have_cannot_change():
    scheduled = with_settings(BASE, {"training.schedule": CosineDecay().model_dump()})
    (text,) = refused({"field": "learning_rate", "value": 0.1}, base=scheduled)
    assert "schedule" in text
    (text,) = refused({"field": "dropout", "value": 0.1}, base=with_settings(BASE, {"layers": []}))
    assert "needs a Dropout layer" in text


def test_the_ranges_are_those_of_the_settings_themselves():
    for field in ("l1", "l2"):
        rules = Settings.model_fields[field].metadata
        low = next(rule.ge for rule in rules if hasattr(rule, "ge"))
        high = next(rule.le for rule in rules if hasattr(rule, "le"))
        assert RANGES[field] == (low, high)


def test_of_a_slider_that_is_drawn_in_one_step_the_last_place_counts():
    drawn = [Change(step=5, field="l2", value=value) for value in (0.1, 0.2, 0.3)]
    later = Change(step=6, field="l2", value=0.1)
    made = with_changes(BASE, [later, *drawn, Change(step=5, **WEIGHT)]).training.changes
    assert made == (drawn[-1], Change(step=5, **WEIGHT), later)
    many = [Change(step=5, field="l2", value=n / 1000) for n in range(MOST_CHANGES + 1)]
    assert len(with_changes(BASE, many).training.changes) == 1
    apart = [change.model_copy(update={"step": n}) for n, change in enumerate(many)]
    with pytest.raises(InvalidExperiment, match="200 changes at most"):
        with_changes(BASE, apart)


def test_without_changes_nothing_is_different():
    assert with_changes(BASE, []).fingerprint() == BASE.fingerprint()
    assert "changes" not in str(with_settings(BASE, {"training.changes": []}).training.changes)
    changed = with_changes(BASE, [Change(field="l2", value=0.1)])
    assert changed.fingerprint() != BASE.fingerprint()


def test_what_is_in_force_at_a_step():
    changes = [
        Change(step=3, field="learning_rate", value=0.5),
        Change(step=3, field="dropout", value=0.4),
        Change(step=40, field="l1", value=0.01),
    ]
    changed = with_changes(BASE, changes)
    before, after, last = (in_force(changed, step) for step in (2, 3, 40))
    assert before == BASE
    assert after.training.optimizer.learning_rate == 0.5
    assert (after.layers[1].rate, after.training.l1) == (0.4, 0.0)
    assert (last.training.l1, last.training.changes) == (0.01, changed.training.changes)
    # The validation of an epoch comes before what changes at the next one's beginning.
    assert [changes_before(0, step, 40) for step in (0, 39, 40)] == [0, 39, 39]
    assert changes_before(1, 0, 40) == 40
