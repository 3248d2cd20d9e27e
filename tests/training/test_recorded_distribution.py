"""A layer's values in short, against NumPy, where there are more than are counted into bins."""

import numpy as np
import pytest

from nnlab.runs.moments import BINS
from nnlab.training.recording.facts import MOST_COUNTED, distribution


@pytest.fixture
def weights() -> np.ndarray:
    """As of a first layer on images: its extremes lie where every second value passes them by."""
    kernel = np.random.default_rng(4).normal(0, 0.1, (784, 128)).astype(np.float32)
    kernel[300, 1], kernel[500, 77] = -0.95, 0.81
    return kernel


def test_the_ends_are_those_of_all_values(weights):
    found = distribution(weights)
    assert weights.size > 2 * MOST_COUNTED  # so that they are thinned
    assert (found.low, found.high) == (float(weights.min()), float(weights.max()))
    assert (found.low, found.high) == pytest.approx((-0.95, 0.81))


def test_the_bins_lie_between_these_ends(weights):
    found = distribution(weights)
    every, _ = np.histogram(weights, BINS, (weights.min(), weights.max()))
    shares = np.array(found.counts) / sum(found.counts)
    np.testing.assert_allclose(shares, every / weights.size, atol=0.01)
    assert sum(found.counts) <= weights.size / 2


def test_what_is_not_finite_has_no_part_in_the_ends(weights):
    broken = weights.copy()
    broken[0, :3] = np.nan, np.inf, -np.inf
    found, finite = distribution(broken), broken[np.isfinite(broken)]
    assert (found.low, found.high) == (float(finite.min()), float(finite.max()))
    nothing = distribution(np.full((3, 4), np.nan, np.float32))
    assert (nothing.low, nothing.high, sum(nothing.counts)) == (0.0, 0.0, 0)
