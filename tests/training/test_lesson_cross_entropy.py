import numpy as np
import pytest
import tensorflow as tf
from sklearn.metrics import log_loss

from nnlab.lessons import cross_entropy
from nnlab.lessons.cross_entropy import curves, samples

P = (0.05, 0.4, 0.9)


def _rows(p: tuple[float, ...]) -> np.ndarray:
    return np.array([[q, (1 - q) / 2, (1 - q) / 2] for q in p])


def test_against_scikit_learn_and_keras() -> None:
    answer, rows = samples(P), _rows(P)
    assert answer["cross_entropy_cost"] == pytest.approx(
        log_loss([0, 0, 0], rows, labels=[0, 1, 2]), abs=1e-5
    )
    y = np.eye(3)[[0, 0, 0]]
    np.testing.assert_allclose(
        answer["mse"], tf.keras.losses.MeanSquaredError(reduction="none")(y, rows), atol=1e-6
    )
    hits = tf.keras.metrics.categorical_accuracy(y, rows)
    assert answer["accuracy"].tolist() == hits.numpy().tolist() == [0, 1, 1]
    assert answer["accuracy_cost"] == pytest.approx(2 / 3)


def test_gradients_are_those_of_the_textbook() -> None:
    answer = curves()
    p = answer["probability"]
    np.testing.assert_allclose(answer["cross_entropy"], -np.log(p), atol=1e-5)
    np.testing.assert_allclose(answer["cross_entropy_gradient"], p - 1, atol=1e-5)
    np.testing.assert_allclose(answer["mse"], (1 - p) ** 2 / 2, atol=1e-5)
    np.testing.assert_allclose(answer["mse_gradient"], -p * (1 - p) ** 2, atol=1e-5)
    assert not answer["accuracy_gradient"].any()


@pytest.mark.parametrize("name", ["cross_entropy", "mse"])
def test_gradients_are_small_differences(name: str) -> None:
    y, step = np.array([1.0, 0.0, 0.0]), 1e-5
    loss = {
        "cross_entropy": lambda p: -(y * np.log(p)).sum(),
        "mse": lambda p: ((p - y) ** 2).mean(),
    }[name]

    def at(z: np.ndarray) -> float:
        return float(loss(np.exp(z) / np.exp(z).sum()))

    for row, told in zip(np.log(_rows(P)), samples(P)[f"{name}_gradient"], strict=True):
        nudge = np.array([step, 0, 0])
        assert told == pytest.approx((at(row + nudge) - at(row - nudge)) / (2 * step), abs=1e-5)


def test_the_answer_of_the_question() -> None:
    answer = samples((0.3, 0.01))
    np.testing.assert_allclose(answer["mse_gradient"], [-0.147, -0.0098], atol=1e-4)
    np.testing.assert_allclose(answer["cross_entropy_gradient"], [-0.7, -0.99], atol=1e-4)


def test_a_guess_is_right_above_a_third() -> None:
    assert samples((0.33, 0.34))["accuracy"].tolist() == [0, 1]


def test_the_shown_functions_make_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cross_entropy, "gradient", lambda *of: of[-1] * 0 + 42)
    assert set(curves()["mse_gradient"]) == {42}
    monkeypatch.undo()
    shown = (cross_entropy.cross_entropy, cross_entropy.mse, cross_entropy.accuracy)
    assert tuple(cross_entropy.MEASURES.values()) == shown
