"""Histograms on common bins, held against NumPy's own of the values themselves."""

import numpy as np
import pytest

from nnlab.analysis.rebinning import Scale, by_decades, common_edges, rebinned
from nnlab.runs.moments import BINS, Distribution

RNG = np.random.default_rng(3)
NORMAL = RNG.normal(0.2, 0.1, 40_000)
SMALL = RNG.normal(0, 1e-4, 40_000)


def told(values: np.ndarray) -> Distribution:
    low, high = float(values.min()), float(values.max())
    counts, _ = np.histogram(values, BINS, (low, high if high > low else low + 1))
    zeros = float(np.mean(values == 0))
    return Distribution(
        float(values.mean()), float(values.std()), zeros, low, high, tuple(map(int, counts))
    )


def test_on_its_own_bins_a_histogram_stays_what_it_is():
    edges = np.histogram_bin_edges(NORMAL, BINS)
    expected = np.histogram(NORMAL, edges)[0] / len(NORMAL)
    np.testing.assert_allclose(rebinned(told(NORMAL), edges), expected, atol=1e-9)


def test_bins_of_two_have_the_sum_of_both():
    edges = np.histogram_bin_edges(NORMAL, BINS)[::2]
    expected = np.histogram(NORMAL, edges)[0] / len(NORMAL)
    np.testing.assert_allclose(rebinned(told(NORMAL), edges), expected, atol=1e-9)


def test_on_any_bins_it_is_near_the_histogram_of_the_values():
    edges = np.linspace(-1, 1, 24)
    expected = np.histogram(NORMAL, edges)[0] / len(NORMAL)
    found = rebinned(told(NORMAL), edges)
    assert np.abs(found - expected).sum() < 0.05  # of 2, were they wholly apart
    assert found @ (edges[1:] + edges[:-1]) / 2 == pytest.approx(NORMAL.mean(), abs=2e-3)


@pytest.mark.parametrize("decades", [False, True])
def test_nothing_is_lost_where_ranges_differ(decades: bool):
    parts = [told(NORMAL), told(SMALL), told(np.full(9, 0.7))]
    edges = common_edges(parts, by_decades(parts) if decades else Scale())
    assert (edges[0], edges[-1]) == (min(p.low for p in parts), max(p.high for p in parts))
    assert (np.diff(edges) > 0).all()
    for part in parts:
        assert rebinned(part, edges).sum() == pytest.approx(1)


def test_the_logarithmic_scale_shows_the_narrow_beside_the_wide():
    parts = [told(NORMAL), told(SMALL)]
    linear, logarithmic = (common_edges(parts, scale) for scale in (Scale(), by_decades(parts)))
    assert np.count_nonzero(rebinned(parts[1], linear)) <= 2
    assert np.count_nonzero(rebinned(parts[1], logarithmic)) > 10


def test_zeros_are_left_out():
    values = np.where(RNG.random(40_000) < 0.6, 0.0, np.maximum(RNG.normal(0, 1, 40_000), 0))
    edges = np.linspace(0, values.max(), 17)
    others = values[values != 0]
    expected = np.histogram(others, edges)[0] / len(others)
    assert np.abs(rebinned(told(values), edges) - expected).sum() < 0.05


def test_zeros_amid_other_values_are_left_out():
    values = np.concatenate([np.zeros(30_000), NORMAL - 0.3])
    edges = np.linspace(-0.8, 0.4, 30)
    expected = np.histogram(NORMAL - 0.3, edges)[0] / len(NORMAL)
    assert np.abs(rebinned(told(values), edges) - expected).sum() < 0.07


def test_of_nothing_but_zeros_nothing_is_left():
    part = told(np.zeros(50))
    edges = common_edges([part], Scale())
    np.testing.assert_array_equal(rebinned(part, edges), np.zeros(len(edges) - 1))
    assert by_decades([part]) == Scale(1.0)


def test_what_is_no_number_counts_nowhere():
    nan = float("nan")
    broken = Distribution(nan, nan, 0.0, 0.0, 0.0, (0,) * BINS)
    scale = by_decades([broken, told(NORMAL)])
    edges = common_edges([broken, told(NORMAL)], scale)
    assert not rebinned(broken, edges).any()


@pytest.mark.parametrize("unit", [None, 1e-3, 2.0])
def test_positions_lead_back_to_their_values(unit: float | None):
    values = np.array([-30.0, -1e-5, 0, 2e-3, 1, 1000])
    scale = Scale(unit)
    np.testing.assert_allclose(scale.value(scale.position(values)), values, rtol=1e-9)


def test_far_from_zero_a_decade_is_as_long_as_another():
    at = Scale(1e-4).position([0.01, 0.1, 1.0, 10.0])
    np.testing.assert_allclose(np.diff(at), 1, atol=1e-4)
