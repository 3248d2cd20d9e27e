"""Told changes make the new figure from the old one."""

import random
from typing import Any

import pytest

from nnlab.figures.curves import learning_curves
from nnlab.ui.figure_changes import change, size


def made(old: Any, told: dict[str, Any] | None) -> Any:
    """What `made` of the chart's script does, in Python."""
    if told is None:
        return old
    if "new" in told:
        return told["new"]
    if "keep" in told:
        return old[: told["keep"]] + told["add"]
    new = dict(old) if isinstance(old, dict) else dict(enumerate(old))
    keys = {str(key): key for key in new}
    for key in told["out"]:
        del new[key]
    for key, inner in told["in"].items():
        new[keys.get(key, key)] = made(new.get(keys.get(key, key)), inner)
    return new if isinstance(old, dict) else list(new.values())


def curves(n: int) -> dict[str, Any]:
    numbers = random.Random(1)
    losses = [1 / (1 + k) + numbers.random() / 10 for k in range(n)]
    points = {
        "epoch": [k / 10 for k in range(1, n + 1)],
        "loss": losses,
        "accuracy": [1 - loss for loss in losses],
    }
    epochs = {"epoch": list(range(1, n // 10 + 1)), "val_loss": losses[: n // 10]}
    return learning_curves(points, epochs, "loss", total_epochs=500)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({}, {"a": 1}),
        ({"a": 1, "b": 2}, {"b": 3}),
        ([1, 2, 3], [1, 2, 4, 5]),
        ([1, 2, 3], [1]),
        ([1, 2, 3], []),
        ([{"x": [1]}, {"x": [2]}], [{"x": [1, 2]}, {"x": [2]}]),
        ([{"x": [1]}], [{"x": [1]}, {"y": None}]),
        ({"data": [{"z": [[1, 2], [3, 4]]}]}, {"data": [{"z": [[1, 2], [3, 5]]}]}),
        ({"a": {"b": None}}, {"a": {"b": [None, 0]}}),
        ({"a": 1}, [1]),
        (curves(5), curves(9)),
        (curves(9), curves(4000)),
        (curves(4000), curves(4001)),
    ],
)
def test_the_change_makes_the_new_from_the_old(old: Any, new: Any):
    assert made(old, change(old, new)) == new


def test_nothing_is_told_of_what_is_equal():
    assert change(curves(50), curves(50)) is None


def test_a_longer_curve_tells_only_its_end():
    assert size(change(curves(3000), curves(3005))) < 100
    assert size(curves(3000)) > 1000
