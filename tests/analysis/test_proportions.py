"""Wilson's interval against SciPy's."""

import pytest
from scipy.stats import binomtest

from nnlab.analysis.proportions import wilson_interval


@pytest.mark.parametrize(("right", "total"), [(14, 20), (0, 5), (5, 5), (1, 1), (0, 1), (483, 500)])
@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
def test_as_scipy_has_it(right: int, total: int, confidence: float) -> None:
    expected = binomtest(right, total).proportion_ci(confidence, method="wilson")
    assert wilson_interval(right, total, confidence) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("right", "total"), [(0, 0), (3, 2), (-1, 5)])
def test_what_is_no_count_is_refused(right: int, total: int) -> None:
    with pytest.raises(ValueError, match="need 0 to"):
        wilson_interval(right, total)
