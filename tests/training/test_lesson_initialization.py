import importlib
import math
from typing import Any

import numpy as np
import pytest

from nnlab.datasets import load_arrays

SPANS = {"relu": (0.0, 4.0), "tanh": (-1.0, 1.0), "sigmoid": (0.0, 1.0)}
FUNCTIONS: dict[str, Any] = {
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
}
SLOPES: dict[str, Any] = {
    "relu": lambda a: (a > 0).astype(float),
    "tanh": lambda a: 1 - a**2,
    "sigmoid": lambda a: a * (1 - a),
}


@pytest.fixture
def lesson() -> Any:
    """Imported late: its tensors may only be made when TensorFlow's threads are set."""
    return importlib.import_module("nnlab.lessons.initialization")


def by_numpy(lesson: Any, depth: int, units: int, std: float, name: str) -> dict[str, Any]:
    """Forward and backward in float64, written out by hand."""
    arrays = load_arrays("mnist_5k")
    x, labels = arrays.x_train[::50].reshape(100, -1) / 255.0, arrays.y_train[::50]
    weights = [w.numpy() for w in lesson.draw_weights([784, *[units] * depth, 10], std)]
    layers = [x]
    for w in weights[:-1]:
        layers.append(FUNCTIONS[name](layers[-1] @ w))
    logits = layers[-1] @ weights[-1]
    logits -= logits.max(axis=1, keepdims=True)
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    loss = -np.log(probabilities[np.arange(100), labels]).mean()
    back, gradients = (probabilities - np.eye(10)[labels]) / 100, []
    for layer, w in zip(reversed(layers), reversed(weights), strict=True):
        gradients.append(np.sqrt(np.mean((layer.T @ back) ** 2)))
        back = (back @ w.T) * SLOPES[name](layer)
    return {"hidden": layers[1:], "loss": loss, "gradient": gradients[::-1]}


@pytest.mark.parametrize("name", SPANS)
@pytest.mark.parametrize(("depth", "units", "std"), [(1, 50, 0.1), (4, 30, 0.3), (10, 100, 0.05)])
def test_signals_and_gradients_are_numpys(
    lesson: Any, name: str, depth: int, units: int, std: float
) -> None:
    stack = lesson.stack(depth, units, std, name, SPANS[name])

    expected = by_numpy(lesson, depth, units, std, name)
    assert stack["loss"] == pytest.approx(expected["loss"], rel=1e-3)
    np.testing.assert_allclose(stack["gradient"], expected["gradient"], rtol=5e-3)
    np.testing.assert_allclose(stack["mean"], [a.mean() for a in expected["hidden"]], rtol=1e-3)
    np.testing.assert_allclose(stack["std"], [a.std() for a in expected["hidden"]], rtol=1e-3)


@pytest.mark.parametrize("name", SPANS)
def test_histograms_are_numpys(lesson: Any, name: str) -> None:
    stack = lesson.stack(2, 40, 0.5, name, SPANS[name])

    low, high = SPANS[name]
    for counts, layer in zip(
        stack["histogram"], by_numpy(lesson, 2, 40, 0.5, name)["hidden"], strict=True
    ):
        kept = layer[layer != 0] if name == "relu" else layer
        expected, _ = np.histogram(np.clip(kept, low, high), lesson.BINS, (low, high))
        assert counts.sum() == kept.size
        assert np.abs(counts - expected).sum() <= 0.01 * kept.size  # float32 at a bin's edge


def test_weights_have_the_standard_deviation(lesson: Any) -> None:
    first, second, third = lesson.draw_weights([784, 100, 100, 100], 0.25)

    assert first.shape == (784, 100)
    for weights in (first, second, third):
        assert float(np.std(weights)) == pytest.approx(0.25, rel=0.03)
        assert float(np.mean(weights)) == pytest.approx(0, abs=0.01)
    assert abs(np.corrcoef(np.ravel(second), np.ravel(third))[0, 1]) < 0.05


def test_share_at_edge(lesson: Any) -> None:
    assert lesson.share_at_edge(np.float32([0, 0, 1, 9]), "relu") == 0.5
    assert lesson.share_at_edge(np.float32([-1, 0.5, 0.995, 0]), "tanh") == 0.5
    assert lesson.share_at_edge(np.float32([0.001, 0.5, 0.999, 0.02]), "sigmoid") == 0.5


def test_the_questions_answer(lesson: Any) -> None:
    """The tutorial's network, weights from a standard normal, against Glorot's rule."""
    unscaled = lesson.stack(1, 50, 1.0, "relu", SPANS["relu"])
    glorot = lesson.stack(1, 50, math.sqrt(2 / 100), "relu", SPANS["relu"])

    assert unscaled["loss"] > 50
    assert glorot["loss"] == pytest.approx(math.log(10), abs=0.7)


def test_small_weights_vanish_and_large_ones_explode(lesson: Any) -> None:
    small, large = (lesson.stack(10, 100, std, "relu", SPANS["relu"]) for std in (0.01, 1.0))

    assert small["std"][-1] < 1e-9
    assert small["gradient"][0] < 1e-12
    assert large["std"][-1] > 1e6
    assert large["gradient"][0] > 1e3
    saturated = lesson.stack(10, 100, 1.0, "tanh", SPANS["tanh"])
    assert saturated["at_edge"][-1] > 0.7


def test_the_shown_functions_compute_the_picture(
    lesson: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = lesson.draw_weights
    plain = lesson.stack(3, 20, 0.1, "tanh", SPANS["tanh"])
    monkeypatch.setattr(lesson, "draw_weights", lambda sizes, std: draw(sizes, 2 * std))
    doubled = lesson.stack(3, 20, 0.05, "tanh", SPANS["tanh"])
    assert doubled["gradient"] == pytest.approx(plain["gradient"], rel=1e-5)

    def silent(x: Any, weights: Any, f: Any) -> list[Any]:
        layers = forward(x, weights, f)
        return [*layers[:-1], 0 * layers[-1]]

    forward = lesson.forward
    monkeypatch.setattr(lesson, "forward", silent)
    assert lesson.stack(1, 20, 1.0, "tanh", SPANS["tanh"])["loss"] == pytest.approx(math.log(10))
