"""What is said of a comparison says neither more nor less than the test."""

import pytest
from scipy import stats

from nnlab.analysis.comparing.significance import compare
from nnlab.analysis.comparing.statement import ACCURACY, LOSS, chance, statement


def said(first: list[float], second: list[float], figure=ACCURACY) -> str:
    return statement("A", "B", compare(first, second), figure)


def test_one_run_each_is_no_judgement():
    told = said([0.9], [0.92])
    assert told.startswith("**B** has the higher test accuracy, by 2.00 points over **A**.")
    assert "With one run each, noise cannot be judged" in told
    told = said([0.9], [0.92, 0.93])
    assert "**A** has one run only, so noise cannot be judged" in told


def test_more_than_noise_with_its_interval_and_its_chance():
    first, second = [0.80, 0.81, 0.79], [0.90, 0.91, 0.92]
    tested = stats.ttest_ind(second, first, equal_var=False)
    low, high = (f"{100 * each:.2f}" for each in tested.confidence_interval(0.95))
    told = said(first, second)
    assert told.startswith("With 3 seeds each, **B** has the higher test accuracy, by 11.00 points")
    assert f"(95 % interval {low} to {high})" in told
    assert f"in {chance(tested.pvalue)} of cases: **more than seed noise**" in told
    assert "3 seeds say little about how much they scatter" in told
    assert "say little" not in said(first * 2, second * 2)
    assert said(second, first).replace("**A**", "**?**") == told.replace("**A**", "**B**").replace(
        "**B**", "**?**", 1
    )


def test_not_more_than_noise_says_what_could_have_been_told():
    first, second = [0.80, 0.90], [0.82, 0.88, 0.90]
    tested = stats.ttest_ind(second, first, equal_var=False)
    half = tested.confidence_interval(0.95).high - (sum(second) / 3 - 0.85)
    told = said(first, second)
    assert told.startswith("With 2 and 3 seeds, **B**")
    assert "**not more than seed noise**" in told
    assert f"from about {100 * half:.2f} points on" in told
    assert "interval −" in told


def test_without_noise_there_is_nothing_to_test():
    assert "no noise to test against: **A** is above **B** by 0.5000" in said(
        [1.0, 1.0], [0.5, 0.5], LOSS
    )
    assert "both settings the same" in said([1.0, 1.0], [1.0, 1.0])


@pytest.mark.parametrize(("p", "told"), [(0.0004, "less than 0.1 %"), (0.0123, "1.2 %"),
                                         (0.5, "50 %"), (1.0, "100 %")])  # fmt: skip
def test_chances(p: float, told: str):
    assert chance(p) == told
