import numpy as np
import pytest
import tensorflow as tf
from scipy.special import softmax

from nnlab.lessons import logits
from nnlab.lessons.logits import both

Z = (0.5, -1.0, 0.0, 1.5, -0.5, 0.0, -2.0, 4.0, 1.0, 2.5)


@pytest.mark.parametrize("shift", [-50, 0, 60])
def test_both_formulas_are_softmax_within_float32(shift: float) -> None:
    answer = both(Z, shift)
    np.testing.assert_allclose(answer["naive"], softmax(Z), atol=1e-5)
    np.testing.assert_allclose(answer["stable"], softmax(Z), atol=1e-5)


@pytest.mark.parametrize("shift", [-100, -85, 80, 85, 100])
def test_the_stable_formula_does_not_see_a_shift(shift: float) -> None:
    answer = both(Z, shift)
    np.testing.assert_allclose(answer["stable"], softmax(Z), atol=1e-5)
    np.testing.assert_allclose(answer["stable"], tf.nn.softmax(tf.constant(Z) + shift), atol=1e-6)


def test_the_naive_formula_overflows_class_by_class() -> None:
    answer = both(Z, 85)  # 85 + 4 is above ln(3.4e38) = 88.7
    assert np.isinf(answer["exponentials"]).nonzero()[0].tolist() == [7]
    assert np.isnan(answer["naive"]).nonzero()[0].tolist() == [7]
    assert np.isnan(both(Z, 100)["naive"]).all()


def test_the_naive_formula_divides_zero_by_zero() -> None:
    answer = both(Z, -100)
    assert not answer["exponentials"].any()
    assert np.isnan(answer["naive"]).all()


def test_the_largest_stable_exponential_is_one() -> None:
    answer = both(Z, 100)
    np.testing.assert_allclose(answer["stable_exponentials"], np.exp(np.array(Z) - 4), rtol=1e-4)
    assert answer["stable_exponentials"].max() == 1


@pytest.mark.parametrize("formula", ["naive", "stable"])
def test_the_shown_functions_make_the_probabilities(
    formula: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logits, f"{formula}_softmax", lambda z: z * 0 + 7)
    assert set(both(Z, 0)[formula]) == {7}
