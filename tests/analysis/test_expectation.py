"""What became of a prediction, by the same test as everything else."""

import pytest
from pydantic import ValidationError

from nnlab.analysis.comparing.expectation import (
    NO_DIFFERENCE,
    Expectation,
    comparison_key,
    outcome,
)

A, B, C = ("a" * 64, "b" * 64, "c" * 64)
LOW, HIGH, NOISY = [0.80, 0.81, 0.79], [0.90, 0.91, 0.92], [0.80, 0.90, 0.85]


def kind(best: str, **results: list[float]) -> str:
    return outcome(Expectation(best=best), {{"a": A, "b": B, "c": C}[k]: v
                                            for k, v in results.items()}).kind  # fmt: skip


def test_which_is_best():
    assert kind(A, a=HIGH, b=LOW) == "right"
    assert kind(B, a=HIGH, b=LOW) == "wrong"
    assert kind(B, a=NOISY, b=LOW) == "not shown"
    assert kind(C, a=HIGH, b=LOW, c=[0.99, 0.98, 0.985]) == "right"
    assert kind(A, a=HIGH, b=LOW, c=[0.905, 0.91, 0.92]) == "not shown"


def test_of_errors_the_lowest_is_best():
    def found(best: str, **results: list[float]):
        keyed = {{"a": A, "b": B, "c": C}[key]: values for key, values in results.items()}
        return outcome(Expectation(best=best, error=0.05), keyed, more_is_better=False)

    assert found(B, a=HIGH, b=LOW).kind == "right"
    assert found(A, a=HIGH, b=LOW).kind == "wrong"
    assert found(A, a=NOISY, b=LOW).kind == "not shown"
    three = found(B, a=HIGH, b=LOW, c=[0.5, 0.51, 0.52])
    assert (three.kind, three.best, round(three.compared.difference, 3)) == ("wrong", C, 0.29)
    assert found(NO_DIFFERENCE, a=HIGH, b=LOW).best == B


def test_no_difference_is_right_until_a_test_says_otherwise():
    assert kind(NO_DIFFERENCE, a=NOISY, b=LOW) == "right"
    assert kind(NO_DIFFERENCE, a=HIGH, b=LOW) == "wrong"
    assert kind(NO_DIFFERENCE, a=[0.9] * 3, b=[0.9] * 3) == "right"
    assert kind(NO_DIFFERENCE, a=[0.9] * 3, b=[0.8] * 3) == "wrong"


def test_without_noise_the_means_decide():
    assert kind(A, a=[0.9, 0.9], b=[0.8, 0.8]) == "right"
    assert kind(A, a=[0.9, 0.9], b=[0.9, 0.9]) == "not shown"


def test_open_until_each_has_two_results():
    assert kind(A, a=HIGH) == "open"
    assert kind(A, a=HIGH, b=[0.8]) == "open"
    assert kind(A, a=HIGH, b=[]) == "open"
    found = outcome(Expectation(best=A), {A: LOW, B: HIGH})
    assert (found.best, round(found.compared.difference, 3)) == (B, -0.11)


def test_a_comparison_is_its_settings_in_any_order():
    assert comparison_key([A, B]) == comparison_key([B, A]) != comparison_key([A, C])
    assert len(comparison_key([A])) == 64


@pytest.mark.parametrize("wrong", [{"best": "x"}, {"best": A, "points": 0},
                                   {"best": A, "more": 1}, {"best": A, "points": 101},
                                   {"best": A, "error": 0}])  # fmt: skip
def test_what_is_no_expectation(wrong: dict):
    with pytest.raises(ValidationError):
        Expectation(**wrong)
