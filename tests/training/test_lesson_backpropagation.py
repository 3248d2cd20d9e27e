"""Back-propagation's numbers against finite differences and NumPy."""

import numpy as np
import pytest

from nnlab.lessons.backpropagation import passes
from nnlab.ui.learn.lessons.backpropagation import START

X1, X2, TARGET = 0.7, -1.3, 0.4


def by_numpy(p: np.ndarray, x1: float, x2: float, target: float) -> tuple[np.ndarray, float, float]:
    """Hidden activations, output and loss in float64."""
    w1, b1, w2, b2 = p[:6].reshape(2, 3), p[6:9], p[9:12], p[12]
    h = 1 / (1 + np.exp(-(np.array([x1, x2]) @ w1 + b1)))
    y = h @ w2 + b2
    return h, float(y), float((y - target) ** 2)


def central_differences(p: np.ndarray) -> np.ndarray:
    steps = 1e-5 * np.eye(len(p))
    return np.array(
        [
            (by_numpy(p + d, X1, X2, TARGET)[2] - by_numpy(p - d, X1, X2, TARGET)[2]) / 2e-5
            for d in steps
        ]
    )


@pytest.mark.parametrize("seed", range(3))
def test_both_gradients_are_those_of_finite_differences(seed: int):
    p = np.random.default_rng(seed).normal(size=13)
    answer = passes(tuple(p), X1, X2, TARGET)
    expected = central_differences(p)
    np.testing.assert_allclose(answer["by_hand"], expected, atol=1e-4, rtol=1e-4)
    np.testing.assert_allclose(answer["by_tape"], expected, atol=1e-4, rtol=1e-4)


def test_the_values_forward_are_numpys():
    p = np.array(START)
    answer = passes(START, X1, X2, TARGET)
    h, y, loss = by_numpy(p, X1, X2, TARGET)
    np.testing.assert_allclose(answer["h"], h, rtol=1e-5)
    np.testing.assert_allclose(answer["z"], np.log(h / (1 - h)), rtol=1e-4)
    assert (answer["y"], answer["loss"]) == pytest.approx((y, loss), rel=1e-5)
    assert answer["dy"] == pytest.approx(2 * (y - TARGET), rel=1e-5)
    np.testing.assert_allclose(answer["dh"], 2 * (y - TARGET) * p[9:12], rtol=1e-4)
    np.testing.assert_allclose(answer["dz"], answer["dh"] * h * (1 - h), rtol=1e-4)


def test_an_input_of_zero_moves_none_of_its_weights():
    answer = passes(START, 0.0, X2, TARGET)
    assert not answer["by_hand"][:3].any()
    assert answer["by_hand"][3:6].all()


def test_a_step_against_the_gradient_lowers_the_loss():
    before = passes(START, X1, X2, TARGET)
    after = passes(tuple(np.array(START) - 0.05 * before["by_hand"]), X1, X2, TARGET)
    assert after["loss"] < before["loss"]
