"""Moments in words."""

import pytest

from nnlab.runs.timeline import Place


@pytest.mark.parametrize(
    ("step", "per_epoch", "name"),
    [
        (0, 125, "start"),
        (4, 125, "1/32 of epoch 1"),
        (1, 41, "1/32 of epoch 1"),
        (16, 125, "1/8 of epoch 1"),
        (62, 125, "1/2 of epoch 1"),
        (234, 1875, "1/8 of epoch 1"),
        (125, 125, "after epoch 1"),
        (1, 3, "1/3 of epoch 1"),
        (187, 125, "1/2 of epoch 2"),
    ],
)
def test_a_moment_is_told_by_a_simple_fraction(step: int, per_epoch: int, name: str):
    assert Place(step, step / per_epoch).label == name


def test_the_end_is_told_as_such():
    assert Place(625, 5.0, end=True).label == "the end"
