import statistics

import numpy as np
import pytest

from nnlab.analysis.comparing.bands import seed_band


def test_mean_and_one_standard_deviation_at_each_place():
    x = np.arange(1.0, 6.0)
    y = np.random.default_rng(3).normal(0.8, 0.1, (4, 5))
    band = seed_band([(x.tolist(), each.tolist()) for each in y])
    assert band is not None
    assert band.low is not None
    assert band.high is not None
    assert band.x == tuple(x)
    for at in range(5):
        mean, deviation = statistics.mean(y[:, at]), statistics.stdev(y[:, at])
        assert band.mean[at] == pytest.approx(mean)
        assert (band.low[at], band.high[at]) == pytest.approx((mean - deviation, mean + deviation))


def test_only_the_stretch_that_all_cover_and_interpolated_there():
    band = seed_band([([0.0, 4.0], [0.0, 4.0]), ([1.0, 3.0], [2.0, 6.0])])
    assert band is not None
    assert (band.x[0], band.x[-1]) == (1.0, 3.0)
    np.testing.assert_allclose(band.mean, [(x + 2 * x) / 2 for x in band.x])


def test_a_single_curve_has_no_interval_and_gaps_are_left_out():
    band = seed_band([([1.0, 2.0, 3.0], [0.5, None, float("nan")])])
    assert band is not None
    assert (band.x, band.mean, band.low, band.count) == ((1.0,), (0.5,), None, 1)


def test_nothing_in_common_is_no_band():
    assert seed_band([]) is None
    assert seed_band([([1.0], [1.0]), ([2.0], [1.0])]) is None
    assert seed_band([([1.0], [1.0]), ([], [])]) is None
