"""An addition that can be followed: figures that add up as they are shown."""

from fractions import Fraction

import numpy as np
import pytest

from nnlab.analysis.weighted_sum import rounded_to_sum, weighted_sum


def lot(seed: int, size: int, scale: float) -> np.ndarray:
    return (np.random.default_rng(seed).normal(0, 1, size) * scale).astype(np.float32)


@pytest.mark.parametrize("scale", [1e-8, 1e-3, 1.0, 300.0, 1e6])
@pytest.mark.parametrize("size", [1, 3, 10, 784])
def test_the_figures_add_up_exactly_and_each_is_next_to_its_value(size: int, scale: float):
    for seed in range(20):
        inputs, weights = lot(seed, size, scale), lot(seed + 100, size, 1.0)
        bias = float(lot(seed + 200, 1, scale)[0])
        added = weighted_sum(inputs, weights, bias, most=10)

        shown = [int(added.text(u).replace("−", "-").replace(".", "")) for u in added.products]
        shown += [
            int(added.text(u).replace("−", "-").replace(".", "")) for u in (added.rest, added.bias)
        ]
        assert sum(shown) == added.total  # as a person adds what is written
        unit = Fraction(1, 10**added.decimals)
        products = [
            Fraction(float(x)) * Fraction(float(w)) for x, w in zip(inputs, weights, strict=True)
        ]
        for at, product in zip(added.positions, added.products, strict=True):
            assert abs(product * unit - products[at]) < unit * Fraction(1001, 1000)
        rest = sum(products) - sum(products[at] for at in added.positions)
        assert abs(added.rest * unit - rest) < unit * Fraction(1001, 1000)
        total = sum(products) + Fraction(bias)
        assert abs(added.total * unit - total) <= unit * Fraction(501, 1000)
        assert added.exact == pytest.approx(float(total), rel=1e-12, abs=1e-30)


def test_the_largest_products_come_first_and_zeros_are_told_apart():
    inputs = np.array([0, 1, 0.5, 1, 1, 0], np.float32)
    weights = np.array([9, -0.25, 1, 0.125, 0.0625, 3], np.float32)
    added = weighted_sum(inputs, weights, 0.5, most=2)

    assert added.positions.tolist() == [2, 1]
    assert [added.text(product) for product in added.products] == ["0.50000", "−0.25000"]
    assert (added.others, added.zeros) == (2, 2)
    assert added.text(added.rest) == "0.18750"
    assert added.text(added.total) == "0.93750"


def test_a_patch_counts_as_a_row():
    inputs, weights = lot(1, 12, 1.0).reshape(2, 3, 2), lot(2, 12, 1.0).reshape(2, 3, 2)
    flat = weighted_sum(inputs.ravel(), weights.ravel(), 0.0, 4)
    np.testing.assert_array_equal(weighted_sum(inputs, weights, 0.0, 4).positions, flat.positions)


def test_nothing_but_zeros_has_no_largest():
    added = weighted_sum(np.zeros(5, np.float32), np.ones(5, np.float32), 0.0, 3)
    assert (added.positions.tolist(), added.total, added.zeros) == ([], 0, 5)


@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_what_is_no_number_is_refused(broken: float):
    with pytest.raises(ValueError, match="finite"):
        weighted_sum(np.array([1, broken]), np.array([1.0, 1.0]), 0.0, 3)
    with pytest.raises(ValueError, match="finite"):
        weighted_sum(np.array([1.0]), np.array([1.0]), broken, 3)


def test_shapes_have_to_fit():
    with pytest.raises(ValueError, match="do not fit"):
        weighted_sum(np.zeros(3), np.zeros(4), 0.0, 3)


def test_largest_remainders():
    assert rounded_to_sum([0.14, 0.14, 0.14], 1) == [2, 1, 1]
    assert rounded_to_sum([-0.16, 0.06], 1) == [-2, 1]
    assert sum(rounded_to_sum([0.5, 0.5, 0.5, 0.5], 0)) == 2
