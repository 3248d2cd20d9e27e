import numpy as np
import pytest

from nnlab.analysis.surgery import numbers_off, unit_order

NORMS = np.array([2.0, 0.5, 3.0, 0.5])


def test_orders_by_norm_in_both_directions():
    assert unit_order("weakest", NORMS, []).tolist() == [1, 3, 0, 2]
    assert unit_order("strongest", NORMS, []).tolist() == [2, 0, 1, 3]


def test_a_random_order_has_every_unit_and_is_the_seeds():
    norms = np.ones(50)
    first = unit_order("random", norms, [1, 2])
    assert sorted(first) == list(range(50))
    np.testing.assert_array_equal(first, unit_order("random", norms, [1, 2]))
    assert not np.array_equal(first, unit_order("random", norms, [1, 3]))


def test_an_unknown_order_is_refused():
    with pytest.raises(ValueError, match="order must be one of random, weakest, strongest"):
        unit_order("oldest", NORMS, [])  # type: ignore[arg-type]


@pytest.mark.parametrize(("units", "points"), [(1, 2), (16, 17), (128, 17), (5, 6)])
def test_a_curve_goes_from_none_to_all(units: int, points: int):
    numbers = numbers_off(units)
    assert (numbers[0], numbers[-1], len(numbers)) == (0, units, points)
    assert numbers == sorted(set(numbers))
