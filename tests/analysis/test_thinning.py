import numpy as np
import pytest

from nnlab.analysis.thinning import thin


def noise(n: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=n)


def test_short_lines_are_left_alone() -> None:
    x, y = thin([1, 2, 3, 4], [4.0, 3.0, 2.0, 1.0], at_most=4)

    assert x.tolist() == [1, 2, 3, 4]
    assert y.tolist() == [4, 3, 2, 1]


@pytest.mark.parametrize("n", [5, 6, 7, 100, 1001, 12_345])
@pytest.mark.parametrize("at_most", [4, 5, 10, 99, 600])
def test_no_more_points_than_asked_for(n: int, at_most: int) -> None:
    x, y = thin(np.arange(n), noise(n), at_most)

    assert len(x) == len(y) <= at_most


@pytest.mark.parametrize("seed", range(5))
def test_first_last_and_extremes_are_kept(seed: int) -> None:
    values = noise(5000, seed)
    x, y = thin(np.arange(5000), values, at_most=50)

    assert (x[0], x[-1]) == (0, 4999)
    assert (y.min(), y.max()) == (values.min(), values.max())


def test_points_stay_pairs_and_in_order() -> None:
    values = noise(5000)
    x, y = thin(np.arange(5000), values, at_most=100)

    assert (np.diff(x) > 0).all()
    assert (y == values[x]).all()


def test_a_single_spike_survives() -> None:
    values = np.zeros(10_000)
    values[7_123] = 9.0

    x, y = thin(np.arange(10_000), values, at_most=20)

    assert x[y.argmax()] == 7_123


def test_every_stretch_is_represented() -> None:
    x, _ = thin(np.arange(10_000), noise(10_000), at_most=100)

    assert np.diff(x).max() < 3 * 10_000 / 49


def test_a_diverged_end_stays_a_gap() -> None:
    values = np.concatenate([noise(5_000), np.full(5_000, np.nan)])

    x, y = thin(np.arange(10_000), values, at_most=100)

    assert np.nanmax(y) == np.nanmax(values)
    assert np.isnan(y[x > 5_300]).all()
    assert (x > 5_300).sum() > 10


def test_infinity_does_not_hide_the_highest_value() -> None:
    values = noise(1_000)
    values[500] = np.inf

    _, y = thin(np.arange(1_000), values, at_most=20)

    assert values[np.isfinite(values)].max() in y


def test_nothing_stays_nothing() -> None:
    x, y = thin([], [], at_most=600)

    assert len(x) == len(y) == 0


def test_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match="2 values of x but 1 of y"):
        thin([1, 2], [1.0], at_most=10)


def test_at_most_must_leave_room_for_both_ends() -> None:
    with pytest.raises(ValueError, match="4 or more"):
        thin([1, 2], [1.0, 2.0], at_most=3)


def test_what_was_drawn_of_a_growing_line_stays() -> None:
    values = noise(3_000)
    x = np.arange(len(values))
    drawn, rebuilt = thin(x[:5], values[:5], at_most=100)[0], 0
    for n in range(6, len(values)):
        longer, _ = thin(x[:n], values[:n], at_most=100)
        settled = drawn[drawn < n - 1 - 128]  # all but the last stretch
        rebuilt += not np.array_equal(longer[: len(settled)], settled)
        drawn = longer
    assert rebuilt <= np.log2(3_000 / 100) + 2
