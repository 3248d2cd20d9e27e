"""Steps, passes and epochs: what a training comes to."""

import pytest

from nnlab.experiment import Training, batches


def test_an_epoch_is_a_pass_where_nothing_else_is_asked_for():
    counted = batches(Training(epochs=3, batch_size=32), 1293)
    assert (counted.steps_per_pass, counted.steps_per_epoch, counted.steps) == (41, 41, 123)
    assert counted.passes == 3
    assert [counted.images_before(step) for step in (0, 1, 40, 41, 42, 123)] == [
        0, 32, 1280, 1293, 1325, 3879,
    ]  # fmt: skip


def test_a_thousand_steps_over_fifty_five_thousand_images():
    counted = batches(Training(epochs=10, batch_size=100, steps_per_epoch=100), 55_000)
    assert counted.steps == 1000
    assert counted.images_before(1000) == 100_000
    assert counted.passes == pytest.approx(1.818, abs=0.001)


def test_a_small_last_batch_counts_as_a_step_of_its_own():
    counted = batches(Training(epochs=1, batch_size=4, steps_per_epoch=7), 10)
    assert [counted.images_before(step) for step in range(8)] == [0, 4, 8, 10, 14, 18, 20, 24]


def test_a_full_batch_is_the_whole_training_part():
    counted = batches(Training(epochs=100, batch_size="full", steps_per_epoch=10), 60_000)
    assert (counted.batch_size, counted.steps_per_pass) == (60_000, 1)
    assert (counted.steps, counted.passes) == (1000, 1000)
    assert batches(Training(batch_size="full"), 500).steps_per_epoch == 1
