import importlib
from typing import Any

import numpy as np
import pytest


@pytest.fixture
def lesson() -> Any:
    """Imported late: its tensors may only be made when TensorFlow's threads are set."""
    return importlib.import_module("nnlab.lessons.batch_size")


def by_numpy(xs: Any, ys: Any, size: int, rate: float, seed: int, passes: int) -> np.ndarray:
    """Slope and intercept in float64 after each step, written out by hand."""
    rng = np.random.default_rng(seed)
    line, rows = np.array([1.0, 0.0]), [np.array([1.0, 0.0])]
    for _ in range(passes):
        order = rng.permutation(40)
        for first in range(0, 40, size):
            chosen = order[first : first + size]
            errors = line[0] * xs[chosen] + line[1] - ys[chosen]
            slopes = np.array([np.mean(2 * errors * xs[chosen]), np.mean(2 * errors)])
            line = line - rate * slopes
            rows.append(line)
    return np.array(rows)


@pytest.mark.parametrize("size", [1, 7, 8, 40])
def test_paths_are_numpys(lesson: Any, size: int) -> None:
    xs, ys = lesson.line_fit.sample()

    walk = lesson.paths(size, 0.02, 3)

    expected = by_numpy(xs, ys, size, 0.02, 3, lesson.PASSES)
    ours = np.column_stack([walk["slope"], walk["intercept"]])
    np.testing.assert_allclose(ours, expected, rtol=1e-3, atol=1e-3)
    losses = ((ours[:, :1] * xs + ours[:, 1:] - ys) ** 2).mean(axis=1)
    np.testing.assert_allclose(walk["loss"], losses, rtol=1e-3)
    assert len(walk["loss"]) == lesson.PASSES * walk["steps_per_pass"] + 1


def test_the_full_batch_is_gradient_descent(lesson: Any) -> None:
    walk, descent = lesson.paths(40, 0.05, 9), lesson.line_fit.descent(1.0, 0.0, 0.05)

    np.testing.assert_allclose(walk["loss"], descent["loss"][:11], rtol=1e-4)


def test_each_sample_serves_once_a_pass(lesson: Any) -> None:
    order = np.array(lesson._orders(5)[0])

    taken = [np.array(lesson.take(order, n, 7)) for n in range(6)]
    assert [len(batch) for batch in taken] == [7, 7, 7, 7, 7, 5]
    assert sorted(np.concatenate(taken)) == list(range(40))


@pytest.mark.parametrize("shuffle", range(5))
def test_the_questions_answer(lesson: Any, shuffle: int) -> None:
    single, full = (lesson.paths(size, 0.02, shuffle) for size in (1, 40))
    best = lesson.line_fit.closed_form().numpy()

    def distance(walk: Any) -> float:
        return float(np.hypot(walk["slope"][-1] - best[0], walk["intercept"][-1] - best[1]))

    assert distance(single) < distance(full)
    trembling = np.hypot(np.diff(single["slope"][-40:]), np.diff(single["intercept"][-40:]))
    calm = lesson.paths(1, 0.002, shuffle)
    calm_steps = np.hypot(np.diff(calm["slope"][-40:]), np.diff(calm["intercept"][-40:]))
    assert trembling.mean() > 5 * calm_steps.mean() > 0


def test_times_are_of_whole_passes(lesson: Any) -> None:
    times = lesson.measure(1)

    assert times["image_steps"] == [5000, 157, 20, 1]
    assert times["point_steps"] == [40, 5, 1]
    assert all(seconds > 0 for seconds in times["image_seconds"] + times["point_seconds"])


def test_what_is_measured_learns(lesson: Any) -> None:
    """Every image is used once: single samples of a pass end where NumPy's do."""
    weights = lesson._images_pass()(2500).numpy()

    from nnlab.datasets import load_arrays

    arrays = load_arrays("mnist_5k")
    pixels, labels = arrays.x_train.reshape(5000, -1) / 255.0, arrays.y_train
    expected = np.zeros((784, 10))
    for half in (slice(0, 2500), slice(2500, 5000)):
        logits = pixels[half] @ expected
        probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        expected -= 0.01 * pixels[half].T @ (probabilities - np.eye(10)[labels[half]]) / 2500
    np.testing.assert_allclose(weights, expected, atol=1e-5)
