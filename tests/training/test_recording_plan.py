"""Which moments are recorded: known beforehand, within room and work."""

import itertools

import pytest

from nnlab.training.recording.plan import MOST_MOMENTS, MOST_WORK, Plan, Size, plan

ROOM = 20_000_000
BEGINNER = Size(5, 1875, 60_000, 10_000, 10, 101_770)


def bytes_of(size: Size, made: Plan) -> int:
    each = {"float32": 4, "float16": 2, None: 0}[made.weights] * size.parameters
    return len(made.steps) * (each + 2 * made.predicted * size.outputs)


def test_the_beginner_recipe_is_recorded_whole():
    made = plan(BEGINNER, ROOM)
    assert made.steps == (0, 59, 234, 938, 1875, 3750, 5625, 7500, 9375)
    assert made.weights == "float32"
    assert made.predicted == 1000


@pytest.mark.parametrize("epochs", [1, 2, 10, 60, 200])
@pytest.mark.parametrize("parameters", [7_850, 101_770, 1_200_000, 20_000_000])
def test_room_and_work_are_kept(epochs: int, parameters: int):
    size = Size(epochs, 1875, 60_000, 10_000, 10, parameters)
    made = plan(size, ROOM)
    assert bytes_of(size, made) <= ROOM
    assert made.steps[0] == 0
    assert made.steps[-1] == epochs * 1875
    assert len(made.steps) == len(set(made.steps)) <= MOST_MOMENTS
    answered = len(made.steps) * made.predicted
    assert answered <= MOST_WORK * 3 * 60_000 * epochs or made.predicted == 1000


def test_epochs_are_left_out_evenly():
    made = plan(Size(200, 100, 3200, 1000, 10, 1_000_000), ROOM)
    ends = [step // 100 for step in made.steps if step >= 100]
    gaps = {b - a for a, b in itertools.pairwise(ends)}
    assert max(gaps) - min(gaps) <= 1


def test_a_network_too_large_for_the_room_keeps_its_answers():
    made = plan(Size(5, 1875, 60_000, 10_000, 10, 20_000_000), ROOM)
    assert made.weights is None
    assert len(made.steps) == 9


def test_half_precision_where_that_makes_room():
    made = plan(Size(5, 1875, 60_000, 10_000, 10, 900_000), ROOM)
    assert made.weights == "float16"
    assert len(made.steps) >= 8


def test_no_room_no_moments():
    assert plan(BEGINNER, 0).steps == ()


def test_an_epoch_of_one_step_has_no_parts():
    assert plan(Size(3, 1, 1000, 300, 10, 500), ROOM).steps == (0, 1, 2, 3)
