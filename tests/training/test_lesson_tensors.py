import numpy as np
import pytest
import tensorflow as tf

from nnlab.lessons import tensors
from nnlab.lessons.tensors import broadcast, change, pixels

SHAPES = [(), (1,), (2,), (3,), (2, 1), (2, 3), (4, 2, 3)]


def _counting(first: int, shape: tuple[int, ...]) -> np.ndarray:
    return np.arange(first, first + np.prod(shape, dtype=int)).reshape(shape)


@pytest.mark.parametrize("a", SHAPES)
@pytest.mark.parametrize("b", SHAPES)
def test_every_pair_of_shapes_is_as_in_numpy(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    answer = broadcast(a, b, 5)
    try:
        expected = _counting(1, a) * _counting(5, b)
    except ValueError:
        assert answer["product"] is None
        assert "Incompatible shapes" in answer["error"]
    else:
        assert answer["error"] == ""
        assert answer["product"].shape == expected.shape
        np.testing.assert_array_equal(answer["product"], expected)


def test_the_published_example() -> None:
    answer = broadcast((3,), (1,), 5)
    assert answer["a"].tolist() == [1, 2, 3]
    assert answer["b"].tolist() == [5]
    assert answer["product"].tolist() == [5, 10, 15]


@pytest.mark.parametrize(("a", "b"), [(200, 100), (255, 255), (255, 1), (10, 20), (0, 0)])
def test_uint8_wraps_at_256_and_float32_does_not(a: int, b: int) -> None:
    answer = pixels(a, b)
    assert answer["uint8"] == (a, b, int(np.add(np.uint8(a), np.uint8(b), dtype=np.uint8)))
    assert answer["float32"][2] == a + b
    assert answer["scaled"][2] == pytest.approx((a + b) / 255, abs=1e-6)


def test_types_are_not_mixed_silently() -> None:
    assert pixels(1, 2)["error"].startswith("InvalidArgumentError: ")
    assert "uint8" in pixels(1, 2)["error"]


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_constant_refuses_and_a_variable_takes_the_value(position: int) -> None:
    answer = change(position, -7)
    expected = [1, 2, 3]
    expected[position] = -7
    assert answer["variable"].tolist() == expected
    assert answer["constant"].tolist() == [1, 2, 3]
    assert answer["error"].startswith("TypeError: ")
    assert "does not support item assignment" in answer["error"]


def test_the_shown_functions_make_the_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensors, "multiply", lambda *_: tf.constant(42))
    monkeypatch.setattr(tensors, "add", lambda *_: tf.constant(42))
    monkeypatch.setattr(tensors, "set_variable", lambda *_: tf.constant(42))
    monkeypatch.setattr(tensors, "set_constant", lambda *_: None)
    assert broadcast((3,), (1,), 5)["product"] == 42
    assert pixels(1, 2)["uint8"][2] == 42
    assert change(0, 1)["variable"] == 42
    assert change(0, 1)["error"] == ""
