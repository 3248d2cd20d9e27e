from math import sqrt

import numpy as np
import pytest
from scipy import stats

from nnlab.analysis.comparing.significance import Comparison, Verdict, compare, holm


def test_it_is_welchs_test_by_its_formula():
    rng = np.random.default_rng(5)
    first, second = rng.normal(0.90, 0.01, 4), rng.normal(0.93, 0.03, 6)
    got = compare(first.tolist(), second.tolist())
    a, b = first.var(ddof=1) / 4, second.var(ddof=1) / 6
    freedom = (a + b) ** 2 / (a**2 / 3 + b**2 / 5)  # Welch and Satterthwaite
    difference = second.mean() - first.mean()
    half = stats.t.ppf(0.975, freedom) * sqrt(a + b)
    assert got.difference == pytest.approx(difference)
    assert got.p == pytest.approx(2 * stats.t.sf(abs(difference) / sqrt(a + b), freedom))
    assert (got.low, got.high) == pytest.approx((difference - half, difference + half))
    assert got.counts == (4, 6)


def test_it_is_scipys_with_two_seeds_each():
    first, second = [0.91, 0.93], [0.95, 0.952]
    got, expected = compare(first, second), stats.ttest_ind(second, first, equal_var=False)
    interval = expected.confidence_interval(0.95)
    assert got.p == pytest.approx(expected.pvalue)
    assert (got.low, got.high) == pytest.approx((interval.low, interval.high))
    assert got.told_apart == pytest.approx(interval.high - got.difference)


def test_without_an_effect_about_one_in_twenty_is_called_one():
    rng = np.random.default_rng(7)
    called = sum(
        compare(*rng.normal(0.9, 0.01, (2, 5)).tolist()).verdict is Verdict.MORE
        for _ in range(1000)
    )
    assert 20 <= called <= 70  # 50 expected; Welch's test is a little careful with few


def test_a_clear_difference_is_told_with_three_seeds_each():
    assert compare([0.80, 0.81, 0.79], [0.90, 0.91, 0.92]).verdict is Verdict.MORE
    assert compare([0.80, 0.90, 0.85], [0.82, 0.88, 0.90]).verdict is Verdict.NOT_MORE


def test_no_verdict_without_enough_seeds_or_without_noise():
    few = compare([0.8], [0.9, 0.9, 0.9])
    assert (few.verdict, few.p, few.low, few.told_apart) == (Verdict.TOO_FEW, None, None, None)
    same = compare([1.0] * 3, [0.5] * 3)
    assert (same.verdict, same.p, same.difference) == (Verdict.NO_NOISE, None, -0.5)
    with pytest.raises(ValueError, match="needs a result"):
        compare([], [1.0])


def test_holm_by_its_definition():
    def of(p: float | None) -> Comparison:
        return Comparison(0.1, 0.0, 0.2, p, (3, 3), Verdict.MORE if p else Verdict.TOO_FEW)

    got = holm([of(0.01), of(0.04), of(None), of(0.03), of(0.005)])
    # 4 × 0.005, 3 × 0.01, 2 × 0.03, and 1 × 0.04 raised to the one before.
    assert [c.p for c in got] == pytest.approx([0.03, 0.06, None, 0.06, 0.02])
    assert [c.verdict for c in got] == [
        Verdict.MORE, Verdict.NOT_MORE, Verdict.TOO_FEW, Verdict.NOT_MORE, Verdict.MORE,
    ]  # fmt: skip
    assert holm([]) == []
