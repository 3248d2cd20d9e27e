import numpy as np
import pytest

from nnlab.analysis.comparing.smoothing import smoothed


@pytest.mark.parametrize("weight", [0.0, 0.3, 0.9, 0.99])
def test_it_is_the_weighted_mean_of_all_values_so_far(weight: float):
    values = np.random.default_rng(1).normal(3, 1, 60)
    got = smoothed(values.tolist(), weight)
    for n in range(1, 61):
        weights = weight ** np.arange(n - 1, -1, -1.0)
        assert got[n - 1] == pytest.approx(np.average(values[:n], weights=weights), rel=1e-9)


def test_a_constant_stays_and_gaps_are_left_out():
    assert smoothed([2.0, 2.0, 2.0], 0.6) == pytest.approx([2.0] * 3)
    with_gaps = smoothed([1.0, None, float("nan"), 4.0], 0.5)
    without = smoothed([1.0, 4.0], 0.5)
    assert with_gaps == [without[0], None, None, without[1]]


@pytest.mark.parametrize("weight", [-0.1, 1.0, 2.0])
def test_other_weights_are_refused(weight: float):
    with pytest.raises(ValueError, match="smoothing must be from 0"):
        smoothed([1.0], weight)
